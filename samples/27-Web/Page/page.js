import { Drawing, toImage } from "./drawing.js";
import { clear, examples, showInput, showSaliency } from "./pictures.js";

const byId = id => document.getElementById(id);
const between = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

const bars = Array.from({ length: 10 }, (_, digit) => {
  const row = document.createElement("li");
  row.innerHTML = `<span>${digit}</span><span class="track" aria-hidden="true"><span class="bar"></span></span><span class="share">0.0 %</span>`;
  byId("bars").append(row);
  return { row, bar: row.querySelector(".bar"), share: row.querySelector(".share") };
});

let image = null, gradient = null, isAsking = false, isChanged = false, canPredict = false, nextExample = 0, standing = ["", false];
const drawing = new Drawing(byId("pad"), () => {
  byId("hint").hidden = !drawing.isEmpty;
  isChanged = true;
  ask();
});

byId("clear").addEventListener("click", () => drawing.show([]));
byId("example").addEventListener("click", () => {
  drawing.show(examples[nextExample].map(stroke => stroke.map(point => [...point])));
  nextExample = (nextExample + 1) % examples.length;
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintViews);

// One question at a time: while the server thinks, strokes go on, and the next question is about the drawing as it is then.
async function ask() {
  if (isAsking) {
    return;
  }

  isAsking = true;
  byId("answer").setAttribute("aria-busy", "true");
  try {
    while (isChanged) {
      isChanged = false;
      if (drawing.isEmpty) {
        showNothing();
      } else if (canPredict) {
        await read(toImage(drawing.strokes));
        say(...standing);
      }
    }
  } catch (error) {
    say(error.message, true);
  } finally {
    isAsking = false;
    byId("answer").setAttribute("aria-busy", "false");
  }
}

async function read(pixels) {
  const start = performance.now();
  const answer = new Float32Array(await post("predict/bytes", pixels));
  const trip = performance.now() - start;
  if (drawing.isEmpty) {
    return;
  }

  image = pixels;
  showProbabilities(answer.subarray(0, 10));
  byId("latency").textContent = `${answer[10].toFixed(1)} µs`;
  byId("roundtrip").textContent = `${trip.toFixed(1)} ms`;
  gradient = new Float32Array(await post("saliency", pixels));
  paintViews();
}

async function post(path, body) {
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body });
  if (!response.ok) {
    const problem = await response.json();
    throw new Error(`${problem.title} ${problem.detail}`);
  }

  return response.arrayBuffer();
}

function showProbabilities(probabilities) {
  const best = probabilities.indexOf(Math.max(...probabilities));
  bars.forEach(({ row, bar, share }, digit) => {
    row.classList.toggle("best", digit === best);
    bar.style.transform = `scaleX(${probabilities[digit].toFixed(4)})`;
    share.textContent = `${(100 * probabilities[digit]).toFixed(1)} %`;
  });

  // A screen reader speaks what is written here; the same digit again is no news.
  if (byId("digit").textContent !== `${best}`) {
    byId("digit").textContent = `${best}`;
    byId("digit").classList.remove("nothing");
  }
}

function showNothing() {
  image = gradient = null;
  bars.forEach(({ row, bar, share }) => {
    row.classList.remove("best");
    bar.style.transform = "scaleX(0)";
    share.textContent = "0.0 %";
  });
  for (const id of ["digit", "latency", "roundtrip"]) {
    byId(id).textContent = "–";
  }

  byId("digit").classList.add("nothing");

  paintViews();
}

function paintViews() {
  if (image === null || gradient === null || drawing.isEmpty) {
    clear(byId("input"));
    clear(byId("saliency"));
  } else {
    showInput(byId("input"), image);
    showSaliency(byId("saliency"), image, gradient);
  }
}

function say(text, isWrong = false) {
  if (byId("status").textContent !== text) {
    byId("status").textContent = text;
  }

  byId("status").classList.toggle("wrong", isWrong);
}

// Asks where the training stands until it has ended; a server that was started again is found again.
async function follow() {
  for (;;) {
    try {
      const state = await (await fetch("training")).json();
      const hasBegun = canPredict;
      canPredict = state.canPredict;
      const left = state.remainingSeconds === null ? "" : ` ${Math.ceil(state.remainingSeconds)} s left.`;
      standing = [state.phase === "Training" ? `The network is learning. ${state.message}${left}` : state.message, state.phase === "Failed"];
      say(...standing);
      byId("progress").hidden = state.phase !== "Training" && state.phase !== "Loading";
      byId("progress").value = state.fraction;
      if (canPredict && (!hasBegun || state.phase === "Training") && !drawing.isEmpty) {
        isChanged = true;
        ask();
      }

      if (state.phase === "Ready" || state.phase === "Failed") {
        return;
      }
    } catch {
      say("The server does not answer. Trying again.", true);
    }

    await between(300);
  }
}

async function showNetwork() {
  const network = await (await fetch("network")).json();
  byId("summary").textContent = network.summary;
}

follow();
showNetwork();
