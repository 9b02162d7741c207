const size = 28;

const channels = (canvas, property) => {
  const probe = canvas.getContext("2d");
  probe.fillStyle = getComputedStyle(canvas).getPropertyValue(property).trim();
  const hex = probe.fillStyle;
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
};

function paint(canvas, colourOf) {
  const context = canvas.getContext("2d"), image = context.createImageData(size, size);
  for (let i = 0; i < size * size; i++) {
    const [red, green, blue] = colourOf(i);
    image.data.set([red, green, blue, 255], 4 * i);
  }

  context.putImageData(image, 0, 0);
}

const mix = (from, to, share) => from.map((value, i) => value + (to[i] - value) * share);

export function showInput(canvas, image) {
  const paper = channels(canvas, "--paper"), ink = channels(canvas, "--ink");
  paint(canvas, i => mix(paper, ink, image[i] / 255));
}

// Over a shade of the drawing. A few pixels far above all others would leave nothing else to be seen: the largest fiftieth is as strong as it gets.
export function showSaliency(canvas, image, gradient) {
  const paper = channels(canvas, "--paper"), ink = channels(canvas, "--ink");
  const speaksFor = channels(canvas, "--for"), against = channels(canvas, "--against");
  const strengths = Float32Array.from(gradient, Math.abs).sort();
  const full = strengths[Math.floor(strengths.length * 0.98)] || 1;
  paint(canvas, i => mix(mix(paper, ink, 0.3 * image[i] / 255), gradient[i] > 0 ? speaksFor : against, Math.min(1, Math.abs(gradient[i]) / full)));
}

export function clear(canvas) {
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
}

// Ten digits as one writes them, for whoever cannot draw or would rather see first.
export const examples = [
  [[[0.5, 0.18], [0.36, 0.24], [0.28, 0.42], [0.28, 0.6], [0.36, 0.78], [0.5, 0.84], [0.64, 0.78], [0.72, 0.6], [0.72, 0.42], [0.64, 0.24], [0.5, 0.18]]],
  [[[0.52, 0.16], [0.51, 0.4], [0.5, 0.6], [0.48, 0.84]]],
  [[[0.3, 0.32], [0.36, 0.2], [0.52, 0.16], [0.66, 0.24], [0.66, 0.4], [0.54, 0.56], [0.4, 0.7], [0.28, 0.82], [0.28, 0.83], [0.5, 0.82], [0.74, 0.82]]],
  [[[0.3, 0.22], [0.48, 0.16], [0.64, 0.22], [0.66, 0.36], [0.52, 0.46], [0.44, 0.48], [0.44, 0.48], [0.6, 0.5], [0.7, 0.62], [0.66, 0.78], [0.48, 0.85], [0.28, 0.78]]],
  [[[0.34, 0.16], [0.3, 0.34], [0.26, 0.54], [0.26, 0.54], [0.5, 0.54], [0.74, 0.52]], [[0.64, 0.18], [0.62, 0.4], [0.6, 0.62], [0.58, 0.86]]],
  [[[0.7, 0.17], [0.52, 0.17], [0.36, 0.18], [0.36, 0.18], [0.34, 0.32], [0.33, 0.45], [0.33, 0.45], [0.5, 0.4], [0.66, 0.48], [0.7, 0.64], [0.62, 0.8], [0.46, 0.85], [0.28, 0.8]]],
  [[[0.6, 0.15], [0.44, 0.28], [0.34, 0.46], [0.3, 0.64], [0.36, 0.8], [0.52, 0.85], [0.66, 0.77], [0.67, 0.62], [0.54, 0.54], [0.4, 0.58], [0.31, 0.68]]],
  [[[0.27, 0.19], [0.5, 0.19], [0.72, 0.18], [0.72, 0.18], [0.62, 0.36], [0.52, 0.58], [0.44, 0.85]]],
  [[[0.62, 0.24], [0.5, 0.17], [0.37, 0.24], [0.38, 0.37], [0.5, 0.48], [0.64, 0.6], [0.66, 0.76], [0.5, 0.85], [0.35, 0.77], [0.37, 0.61], [0.5, 0.49], [0.62, 0.38], [0.62, 0.24]]],
  [[[0.66, 0.32], [0.58, 0.19], [0.44, 0.18], [0.34, 0.3], [0.38, 0.44], [0.52, 0.47], [0.64, 0.38], [0.66, 0.3], [0.66, 0.3], [0.65, 0.5], [0.62, 0.68], [0.56, 0.86]]],
];
