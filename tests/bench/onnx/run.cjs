// Milliseconds a batch of one ONNX file in ONNX Runtime, all graph optimisations.
// node run.cjs FILE.onnx BATCH THREADS
const ort = require('onnxruntime-node');

async function main() {
  const [file, batchText, threads] = process.argv.slice(2);
  const batch = Number(batchText);
  const session = await ort.InferenceSession.create(file, {
    intraOpNumThreads: Number(threads), interOpNumThreads: 1, graphOptimizationLevel: 'all',
  });
  let x;
  if (/Text|Bert/.test(file)) {
    const tokens = /Text/.test(file) ? 77 : 32;
    x = new ort.Tensor('int64', BigInt64Array.from({ length: batch * tokens }, (_, i) => BigInt(1 + i % 1000)), [batch, tokens]);
  } else {
    x = new ort.Tensor('float32', Float32Array.from({ length: batch * 3 * 224 * 224 }, (_, i) => Math.sin(i)), [batch, 3, 224, 224]);
  }
  const times = [];
  for (let i = 0; i < 3; ++i) await session.run({ x });
  const end = performance.now() + 3000;
  while (performance.now() < end || times.length < 5) {
    const start = performance.now();
    await session.run({ x });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(times[Math.floor(times.length / 2)].toFixed(2));
}
main();
