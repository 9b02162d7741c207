"""Prints what MfccTests.Coefficients_EqualThoseOfNumPy expects: the definition in the remarks of Mfcc, with NumPy's own FFT. Needs NumPy."""
import numpy as np

RATE = 8000


def sound(length):
    n = np.arange(length)
    tones = 0.4 * np.sin(2 * np.pi * 440 * n / RATE) + 0.3 * np.sin(2 * np.pi * 1234.5 * n / RATE)
    return (tones + ((n * 7919) % 101 - 50) / 500).astype(np.float32).astype(np.float64)


def mel(f):
    return 2595 * np.log10(1 + f / 700)


def mfcc(x, frame, hop, fft, emphasis, window, bands, low, high, coefficients, floor):
    y = x - emphasis * np.concatenate([[0], x[:-1]])
    count = 1 + (len(x) - frame) // hop
    frames = np.stack([y[i * hop:i * hop + frame] for i in range(count)]) * window(frame)
    power = np.abs(np.fft.rfft(frames, fft)) ** 2 / fft
    corners = 700 * (10 ** (np.linspace(mel(low), mel(high), bands + 2) / 2595) - 1)
    f = np.arange(fft // 2 + 1) * RATE / fft
    rising = (f - corners[:-2, None]) / (corners[1:-1] - corners[:-2])[:, None]
    falling = (corners[2:, None] - f) / (corners[2:] - corners[1:-1])[:, None]
    filters = np.maximum(0, np.minimum(rising, falling))
    energies = np.log(np.maximum(power @ filters.T, floor))
    b = np.arange(bands)
    dct = np.stack([np.sqrt((1 if i == 0 else 2) / bands) * np.cos(np.pi * i * (b + 0.5) / bands) for i in range(coefficients)])
    return energies @ dct.T


def show(name, values):
    print(name)
    for frame in values:
        print("    " + ", ".join(f"{value:.6f}" for value in frame))


show("defaults", mfcc(sound(480), 200, 80, 256, 0.97, np.hamming, 26, 0, 4000, 13, 1e-10))
show("other", mfcc(sound(700), 400, 300, 512, 0, np.hanning, 20, 100, 3800, 6, 1e-10))
