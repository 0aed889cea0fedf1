import { expect, test } from "vitest";
import { ssdp } from "../../../src/probe/protocols/ssdp.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("one machine is asked for all its devices, then for the first of them", () => {
  const { request, further = [] } = exchangeOf(ssdp, { address: "fe80::1%eth0" });
  expect(Buffer.from(request).toString()).toBe(
    'M-SEARCH * HTTP/1.1\r\nHOST: [fe80::1]:1900\r\nMAN: "ssdp:discover"\r\nST: ssdp:all\r\n\r\n',
  );
  expect(further.map((each) => /\nST: (.*)\r/.exec(Buffer.from(each).toString())?.[1])).toEqual(["upnp:rootdevice"]);
});

test("minissdpd tells of its device", () => {
  const [reply = new Uint8Array()] = recorded("ssdp-udp-minissdpd");
  const answer = exchangeOf(ssdp).read(reply);
  expect(answer?.fields).toEqual({
    server: "Harbour/1.0 UPnP/1.1 Jukebox/7",
    location: "http://192.0.2.23:8200/root.xml",
    target: "urn:schemas-upnp-org:device:MediaServer:1",
    uniqueServiceName: "uuid:7e1a3b52-0d6f-4c2e-9b8a-23577e1a3b52::urn:schemas-upnp-org:device:MediaServer:1",
    validSeconds: 120,
  });
  expect(answer?.text).toContain("EXT:");
});

test("HTTP that answers no search is none", () => {
  expect(exchangeOf(ssdp).read(Buffer.from("HTTP/1.1 200 OK\r\nServer: quay\r\n\r\n"))).toBeUndefined();
  expect(exchangeOf(ssdp).read(Buffer.from("NOTIFY * HTTP/1.1\r\nST: upnp:rootdevice\r\n\r\n"))).toBeUndefined();
});

hostileDatagrams(ssdp, ["ssdp-udp-minissdpd"]);
