import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** GStreamer's RTSP server, by a few lines of Python, with nothing to play. It takes many packages. */
export function rtsp(island: Island): void {
  const script = island.stage.path("server.py");
  writeFileSync(
    script,
    `import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer
Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("554")
server.attach(None)
GLib.MainLoop().run()
`,
  );
  island.start([program("python3"), script]);
}
