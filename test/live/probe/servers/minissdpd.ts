import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import { type Island, OWN } from "../island.ts";

/** What the device says of itself. */
export const DEVICE = {
  target: "urn:schemas-upnp-org:device:MediaServer:1",
  uniqueServiceName: "uuid:7e1a3b52-0d6f-4c2e-9b8a-23577e1a3b52::urn:schemas-upnp-org:device:MediaServer:1",
  server: "Harbour/1.0 UPnP/1.1 Jukebox/7",
  location: `http://${OWN}:8200/root.xml`,
};

/** minissdpd, which answers searches for the devices of its machine, with one device. */
export function minissdpd(island: Island): void {
  const { stage } = island;
  const { target, uniqueServiceName, server, location } = DEVICE;
  // Its own protocol (the constants of minissdpd's codelength.h): the command, then each text after its length.
  const texts = [target, uniqueServiceName, server, location].flatMap((text) => [lengthOf(text), Buffer.from(text)]);
  writeFileSync(stage.path("device"), Buffer.concat([Buffer.of(SUBMIT), ...texts]));
  const socket = stage.path("socket");
  const submit = `( for i in $(seq 230); do
    [ -S ${socket} ] && socat -u OPEN:${stage.path("device")} UNIX-CONNECT:${socket} && break
    sleep 0.05
  done ) &`;
  const words = ["-d", "-i", "lo", "-s", socket, "-p", stage.path("pid")];
  island.start([program("minissdpd"), ...words], `ip link set lo multicast on\n${submit}`);
}

const SUBMIT = 4;

/** Seven bits in each byte, the highest first. */
function lengthOf(text: string): Buffer {
  const { length } = text;
  return length < 128 ? Buffer.of(length) : Buffer.of(0x80 | (length >> 7), length & 127);
}
