// Stands in for the program behind the launcher: says what reached it.

const [verb, ...rest] = process.argv.slice(2);

if (verb === "arguments") console.log(JSON.stringify(rest));
else if (verb === "environment") console.log(JSON.stringify(process.env));
else if (verb === "folder") console.log(process.cwd());
else if (verb === "status") process.exitCode = Number(rest[0]);
else if (verb === "input") process.stdin.pipe(process.stdout);
else if (verb === "wait") {
  process.on("SIGUSR2", () => process.exit(23));
  setInterval(() => {}, 1000);
  console.log(process.pid);
} else console.log("first");
