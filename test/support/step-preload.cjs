// Loaded into the process of a step. Time passes at once there, and what does not go through AWS's SDK goes to the same server as what does.
const timers = require("node:timers/promises");

const [realNow, realTimeout, realFetch] = [performance.now.bind(performance), timers.setTimeout, globalThis.fetch];
let slept = 0;
performance.now = () => realNow() + slept;
timers.setTimeout = (milliseconds, value, options) => {
  slept += milliseconds;
  return realTimeout(1, value, options);
};
// The SDK's pause before a retry is a random part of its longest.
Math.random = () => 0;

globalThis.fetch = (given, init) => {
  const url = new URL(given);
  const isAws = url.hostname.endsWith(".amazonaws.com");
  return realFetch(isAws ? process.env.AWS_ENDPOINT_URL + url.pathname + url.search : url, init);
};
