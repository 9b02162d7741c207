"""The plain network of this sample in PyTorch, on the same images with the same settings: what its test accuracy is compared with.
usage: python3 train_pytorch.py FOLDER [seeds] [epochs], FOLDER as ../shared/data/cifar10
"""
import gzip
import sys

import torch
from torch import nn

RECORD, BATCH, RATE, LOW_RATE, LOW_EPOCHS = 3073, 32, 1e-3, 2e-4, 3


def read(path):
    with gzip.open(path) as file:
        records = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(-1, RECORD)
    return records[:, 1:].reshape(-1, 3, 32, 32).float() / 255, records[:, 0].long()


def glorot(module):
    # The initializers of this project (and of Keras): Glorot uniform kernels, biases of zero.
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)


def network():
    return nn.Sequential(
        nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(2304, 128), nn.ReLU(), nn.Linear(128, 10)).apply(glorot)


@torch.no_grad()
def accuracy(net, images, labels):
    hits = sum((net(x).argmax(1) == y).sum().item() for x, y in zip(images.split(500), labels.split(500)))
    return hits / len(labels)


def train(seed, epochs, images, labels, test_images, test_labels):
    torch.manual_seed(seed)
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE, eps=1e-7)
    loss_of = nn.CrossEntropyLoss()
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = LOW_RATE if epoch >= epochs - LOW_EPOCHS else RATE
        total = 0.0
        for batch in torch.randperm(len(labels)).split(BATCH):
            optimizer.zero_grad()
            loss = loss_of(net(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        print(f"  epoch {epoch + 1}: loss {total / len(labels):.4f}, test accuracy {accuracy(net, test_images, test_labels):.4f}", flush=True)
    return accuracy(net, test_images, test_labels)


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = sys.argv[1]
    seeds, epochs = (int(sys.argv[2]) if len(sys.argv) > 2 else 3), (int(sys.argv[3]) if len(sys.argv) > 3 else 8)
    data = *read(f"{folder}/data_batch_1.bin.gz"), *read(f"{folder}/test_batch.bin.gz")
    results = []
    for seed in range(1, seeds + 1):
        results.append(train(seed, epochs, *data))
        print(f"PyTorch {torch.__version__}, seed {seed}: test accuracy {results[-1]:.4f} after {epochs} epochs", flush=True)
    print(f"mean over {seeds} seeds: {sum(results) / seeds:.4f}")
