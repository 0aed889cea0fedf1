import { describe } from "vitest";
import { redisMaster, redisReplica } from "./programs/redis.ts";
import { sameAsStrace } from "./truth.ts";

describe("redis-server with a replica connecting to it", () => {
  sameAsStrace(redisMaster, {
    needs: ["redis-server"],
    expected: { listens: ["tcp 127.0.0.1:<redis> chosen by application, used from 127.0.0.1"] },
  });
});

describe("redis-server as a replica", () => {
  sameAsStrace(redisReplica, {
    needs: ["redis-server"],
    expected: {
      listens: ["tcp 127.0.0.1:<replica> chosen by application, used from nobody"],
      connects: ["tcp 127.0.0.1:<relay> established"],
    },
  });
});
