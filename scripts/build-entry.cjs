"use strict";

// The first file that Node reads, so it must stay readable for a Node that is too old for the rest.
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `portolan: Node.js ${process.versions.node} is too old\n` +
      "  Portolan runs on Node.js 24 or newer\n" +
      "  next: sudo npx --yes n 24\n",
  );
  process.exit(69);
}

require("node:module").enableCompileCache(`${__dirname}/cache`);

// The launcher kept NODE_OPTIONS from this Node; what is started from here gets it.
if (process.argv[2] === "--with-node-options") {
  process.env.NODE_OPTIONS = process.argv[3];
  process.argv.splice(2, 2);
}

require("./portolan.cjs");
