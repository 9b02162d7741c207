// The pad keeps strokes, not pixels: a stroke is an array of points [x, y] in the unit square of the pad.
const penOfPad = 0.075;

// MNIST: the digit in a box of 20 x 20, its centre of mass in the middle of 28 x 28, about 2.4 pixels of pen.
const size = 28;
const box = 20;
const pen = 2.4;
const fine = 4;

// A dot stays a small thing: nothing is enlarged beyond what a digit of a fifth of the pad needs.
const leastSpan = 0.2;

export class Drawing {
  strokes = [];

  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.pointers = new Map();
    canvas.addEventListener("pointerdown", event => this.begin(event));
    canvas.addEventListener("pointermove", event => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, event => this.pointers.delete(event.pointerId));
    }

    new ResizeObserver(() => this.paint()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  show(strokes) {
    this.strokes = strokes;
    this.pointers.clear();
    this.paint();
    this.changed();
  }

  begin(event) {
    if (event.button !== 0) {
      return;
    }

    // The pointer may leave the pad while it is down.
    this.canvas.setPointerCapture(event.pointerId);
    const stroke = [this.pointOf(event)];
    this.pointers.set(event.pointerId, stroke);
    this.strokes.push(stroke);
    this.paint();
    this.changed();
  }

  move(event) {
    const stroke = this.pointers.get(event.pointerId);
    if (stroke === undefined) {
      return;
    }

    const events = event.getCoalescedEvents?.() ?? [];
    stroke.push(...(events.length > 0 ? events : [event]).map(each => this.pointOf(each)));
    this.paint();
    this.changed();
  }

  pointOf(event) {
    const area = this.canvas.getBoundingClientRect();
    return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
  }

  paint() {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (this.canvas.width !== side || this.canvas.height !== side) {
      this.canvas.width = this.canvas.height = side;
    }

    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, side, side);
    context.scale(side, side);
    context.strokeStyle = getComputedStyle(this.canvas).color;
    trace(context, this.strokes, penOfPad);
  }
}

// Scaled as strokes and only then made pixels, a digit has the pen of MNIST's whatever its size, and edges as soft as theirs. That is why the page prepares the image, and
// not the server: what travels are the 784 bytes that the network reads.
export function toImage(strokes) {
  const points = strokes.flat();
  const xs = points.map(point => point[0]), ys = points.map(point => point[1]);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  const scale = (box - pen) / Math.max(right - left, bottom - top, leastSpan);
  const place = (x, y) => strokes.map(stroke => stroke.map(point => [(point[0] - left) * scale + x, (point[1] - top) * scale + y]));
  const x = (size - (right - left) * scale) / 2, y = (size - (bottom - top) * scale) / 2;
  const [massX, massY] = centreOf(raster(place(x, y)));
  return raster(place(x + size / 2 - massX, y + size / 2 - massY));
}

// 28 x 28 bytes, each the mean of 4 x 4 finer pixels.
function raster(strokes) {
  const canvas = new OffscreenCanvas(size * fine, size * fine);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.scale(fine, fine);
  trace(context, strokes, pen);
  const alpha = context.getImageData(0, 0, size * fine, size * fine).data;
  const image = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let sum = 0;
      for (let i = 0; i < fine * fine; i++) {
        sum += alpha[4 * ((y * fine + Math.floor(i / fine)) * size * fine + x * fine + i % fine) + 3];
      }

      image[y * size + x] = Math.round(sum / (fine * fine));
    }
  }

  return image;
}

function centreOf(image) {
  let mass = 0, x = 0, y = 0;
  image.forEach((ink, i) => {
    mass += ink;
    x += ink * (i % size + 0.5);
    y += ink * (Math.floor(i / size) + 0.5);
  });
  return mass === 0 ? [size / 2, size / 2] : [x / mass, y / mass];
}

// Through the middles between the points, each point bending the line: what was drawn fast is round all the same.
function trace(context, strokes, width) {
  context.lineWidth = width;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  for (const stroke of strokes) {
    context.moveTo(...stroke[0]);
    for (let i = 1; i + 1 < stroke.length; i++) {
      const [x, y] = stroke[i], [nextX, nextY] = stroke[i + 1];
      context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }

    context.lineTo(...stroke.at(-1));
  }

  context.stroke();
}
