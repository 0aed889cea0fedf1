import { describe, expect, test } from "vitest";
import { importerOf } from "../../../src/formats/declaration/importers.ts";
import type { Declaration } from "../../../src/model/declaration.ts";
import { portsText } from "../../../src/model/manifest-ports.ts";

/** What a file of this name and text states: `application: protocol port scope @line`. */
function read(file: string, text: string, wanted?: string): { lines: string[]; remarks: string[] } {
  const importer = importerOf({ file, text });
  const found = importer?.read({ file, text }, wanted) ?? [];
  return { lines: found.flatMap(lines), remarks: found.flatMap((one) => one.remarks.map((remark) => remark.text)) };
}

function lines({ application, listens }: Declaration): string[] {
  return listens.map(
    ({ protocol, ports, scope, source }) =>
      `${application ?? "-"}: ${protocol} ${portsText(ports)} ${scope} @${source.slice(source.lastIndexOf(":") + 1)}`,
  );
}

describe("a Dockerfile", () => {
  test("states what its last stage exposes", () => {
    const text = `ARG PORT=8080
FROM node:24 AS build
EXPOSE 3000
FROM debian:12
ENV ADMIN=9090
EXPOSE 80 443/tcp 53/udp
expose $ADMIN/tcp 8000-8010 \\
  \${MISSING:-7000}
EXPOSE nonsense
`;
    const { lines, remarks } = read("deploy/Dockerfile.prod", text);
    expect(lines).toEqual([
      "-: tcp 80 network @6",
      "-: tcp 443 network @6",
      "-: udp 53 network @6",
      "-: tcp 9090 network @7",
      "-: tcp 8000-8010 network @7",
      "-: tcp 7000 network @7",
    ]);
    expect(remarks).toEqual(["EXPOSE nonsense is no port that can be read"]);
  });
});

describe("a Compose file", () => {
  const text = `services:
  web:
    image: nginx
    ports:
      - "8080:80"
      - 127.0.0.1:8443:443/tcp
      - "[::1]:6060:6060/udp"
      - "3000"
      - target: 9000
        published: "9001"
        protocol: udp
      - "\${PORT}:99999"
    expose: [7000, "7001-7003"]
  db:
    image: postgres
`;

  test("states the ports inside the containers", () => {
    const { lines, remarks } = read("docker-compose.override.yml", text);
    expect(lines).toEqual([
      "web: tcp 80 network @5",
      "web: tcp 443 network @6",
      "web: udp 6060 network @7",
      "web: tcp 3000 network @8",
      "web: udp 9000 network @9",
      "web: tcp 7000 network @13",
      "web: tcp 7001-7003 network @13",
    ]);
    expect(remarks).toHaveLength(1);
  });

  test("may repeat itself by anchors and merge keys, and a few lines may stand for millions", () => {
    const shared = "x-web: &web\n  ports: ['80']\nservices:\n  a:\n    <<: *web\n  b: *web\n  c: { <<: [*web] }\n";
    const port = "tcp 80 network @2";
    expect(read("compose.yaml", shared).lines).toEqual([`a: ${port}`, `b: ${port}`, `c: ${port}`]);
    const levels = Array.from({ length: 23 }, (_, i) => `x${i + 1}: &x${i + 1} [${`*x${i},`.repeat(9)}]`).join("\n");
    expect(read("compose.yaml", `x0: &x0 [a]\n${levels}\nservices:\n  a: { ports: *x23 }\n`).lines).toEqual([]);
  });

  test("that is no YAML is told with its place", () => {
    expect(() => read("compose.yaml", 'services:\n  web: "\n')).toThrow(/^compose\.yaml:\d+:\d+: /);
  });
});

test("Kubernetes manifests state containerPort, and targetPort of the services that select them", () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    metadata: { labels: { app: shop, tier: web } }
    spec:
      containers:
        - name: shop
          ports:
            - { name: http, containerPort: 8080 }
            - { containerPort: 53, protocol: UDP }
---
apiVersion: v1
kind: Service
metadata: { name: shop-service }
spec:
  selector: { app: shop }
  ports:
    - { port: 80, targetPort: http }
    - { port: 443, targetPort: 8443 }
    - { port: 1, targetPort: nowhere }
---
apiVersion: v1
kind: Service
metadata: { name: lonely }
spec:
  ports: [{ port: 5432 }]
`;
  const { lines, remarks } = read("shop.yaml", text);
  expect(lines).toEqual([
    "shop: tcp 8080 network @11",
    "shop: udp 53 network @12",
    "shop: tcp 8443 network @21",
    "lonely: tcp 5432 network @28",
  ]);
  expect(remarks).toEqual(['port "nowhere" (tcp) cannot be read here']);
});

test("a systemd socket states its streams and datagrams, by their addresses", () => {
  const text = `[Socket]
ListenStream=/run/web.sock
ListenStream=80
ListenStream=127.0.0.1:8080
; ListenStream=1
ListenStream=[::1]:8081
ListenDatagram=0.0.0.0:514
ListenStream=host:90
`;
  const { lines, remarks } = read("/etc/systemd/system/web@.socket", text);
  expect(lines).toEqual([
    "web: tcp 80 network @3",
    "web: tcp 8080 loopback @4",
    "web: tcp 8081 loopback @6",
    "web: udp 514 network @7",
  ]);
  expect(remarks).toEqual(['"host:90" is no port that can be read']);
});

test("a systemd unit states what it may bind", () => {
  const text =
    "[Service]\nSocketBindAllow=ipv6:tcp:1024-2048\nSocketBindAllow=udp:\\\n53\nSocketBindAllow=any\nSocketBindAllow=\n";
  const { lines, remarks } = read("a.service.d/ports.conf", text);
  expect(lines).toEqual([
    "a: tcp 1024-2048 network @2",
    "a: udp 53 network @3",
    "a: tcp 1-65535 network @5",
    "a: udp 1-65535 network @5",
  ]);
  expect(remarks).toHaveLength(1);
});

test("an application profile of ufw states each port once", () => {
  const text = "[Web]\ntitle=Web\nports=80,443/tcp|53\n[Web Full]\nports=80/tcp|60000:61000/udp\n";
  expect(read("/etc/ufw/applications.d/ufw-web", text).lines).toEqual([
    "web: tcp 80 network @3",
    "web: tcp 443 network @3",
    "web: tcp 53 network @3",
    "web: udp 53 network @3",
    "web: udp 60000-61000 network @5",
  ]);
});

describe("a service file of firewalld", () => {
  test("states its ports, and what it includes", () => {
    const text = `<?xml version="1.0"?>
<service>
  <port protocol="tcp" port="139"/>
  <port port="137-138" protocol="udp"/>
  <port protocol="esp"/>
  <include service="samba-client"/>
</service>
`;
    const file = { file: "samba.xml", text };
    const [declaration] = importerOf(file)?.read(file, undefined) ?? [];
    expect(declaration && lines(declaration)).toEqual(["samba: tcp 139 network @3", "samba: udp 137-138 network @4"]);
    expect(declaration?.includes).toEqual([{ name: "samba-client", source: "samba.xml:6" }]);
  });

  test("that is no XML is told with its place", () => {
    expect(() => read("a.xml", "<service>\n<port></service>")).toThrow(/^a\.xml:\d+:\d+: /);
  });
});

test("the services file states a service by its name or an alias", () => {
  const text =
    "# ports\nssh\t\t22/tcp\t\t# Secure Shell\ndomain 53/tcp\ndomain 53/udp nameserver\nsctp-thing 99/sctp\n";
  expect(read("/etc/services", text, "ssh").lines).toEqual(["ssh: tcp 22 network @2"]);
  expect(read("/etc/services", text, "domain").lines).toEqual([
    "domain: tcp 53 network @3",
    "domain: udp 53 network @4",
  ]);
});

test("IANA's registry states a service, whatever its other cells hold", () => {
  const text = `Service Name,Port Number,Transport Protocol,Description
http,80,tcp,"World Wide Web, ""the"" web
over two lines"
http,80,udp,x
x11,6000-6063,tcp,X Window
,81,tcp,Unassigned
`;
  expect(read("service-names-port-numbers.csv", text, "http").lines).toEqual([
    "http: tcp 80 network @2",
    "http: udp 80 network @4",
  ]);
  expect(read("service-names-port-numbers.csv", text, "x11").lines).toEqual(["x11: tcp 6000-6063 network @5"]);
});

test("what is none of these is of no kind", () => {
  expect(importerOf({ file: "notes.txt", text: "port 80" })).toBeUndefined();
});
