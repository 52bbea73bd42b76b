/** Preloaded into every server of the benchmark: says on request what it has used of the processor so far. */
process.on('message', (asked) => {
  if (asked === 'cpu') process.send?.(process.cpuUsage());
});
