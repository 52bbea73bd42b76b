// Follows feeds as services do, from within the node, until its input ends; then tells how many polls were answered, and
// what was not. It is run by the node's own Node, outside of this suite's process.
const { feeds, token } = JSON.parse(process.argv[2]);
let answered = 0;
const failures = [];
let ends = false;
process.stdin.resume().on('end', () => (ends = true));

const follow = async ({ name, url }) => {
  while (!ends) {
    const before = performance.now();
    const failed = (reason) => failures.push(`${name} after ${Math.round(performance.now() - before)} ms: ${reason}`);
    try {
      const response = await fetch(url, { headers: { authorization: `Bearer ${token[name]}` } });
      await response.text();
      if (response.ok) answered += 1;
      else failed(response.status);
    } catch (error) {
      failed(error.cause?.code ?? error);
    }
  }
};
await Promise.all(feeds.flatMap((feed) => [follow(feed), follow(feed)]));
console.log(JSON.stringify({ answered, failures }));
process.exit(0);
