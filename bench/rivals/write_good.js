// write-good reads texts: `node write_good.js < texts.json` prints what it took and told, as read.py does.
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const now = () => {
  const { user, system } = process.cpuUsage();
  return [performance.now() / 1000, (user + system) / 1e6];
};
const between = (before, after) => after.map((time, i) => time - before[i]);

const started = now();
const writeGood = require("write-good");
writeGood(texts[0]);
const loaded = now();
const outputs = texts.map((text) => writeGood(text));
const done = now();

// One suggestion may have several reasons: '"very" is a weasel word and can weaken meaning'.
const told = ({ index, offset, reason }) =>
  reason.slice(offset + 3).split(" and ").map((kind) => [kind, index, index + offset, true, false]);

console.log(JSON.stringify({
  version: require("write-good/package.json").version,
  load: between(started, loaded),
  read: between(loaded, done),
  whole: "–",
  findings: outputs.map((suggestions) => suggestions.flatMap(told)),
}));
