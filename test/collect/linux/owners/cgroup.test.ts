import { expect, test } from "vitest";
import { parseMembership } from "../../../../src/collect/linux/owners/cgroup.ts";

const ID = "0123456789abcdef".repeat(4);

test.each<[string, string, object]>([
  ["a system service", "0::/system.slice/nginx.service", { unit: "nginx.service" }],
  ["an instance", "0::/system.slice/system-getty.slice/getty@tty1.service", { unit: "getty@tty1.service" }],
  ["a folder below a service", "0::/system.slice/php.service/pool-1", { unit: "php.service" }],
  ["a removed service", "0::/system.slice/nginx.service (deleted)", { unit: "nginx.service" }],
  [
    "a person's service",
    "0::/user.slice/user-1000.slice/user@1000.service/app.slice/sync.service",
    { unit: "sync.service" },
  ],
  ["a login", "0::/user.slice/user-1000.slice/session-3.scope", {}],
  ["a desktop program", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-x-12.scope", {}],
  ["systemd itself", "0::/init.scope", {}],
  ["nobody's", "0::/", {}],
  ["Docker, systemd driver", `0::/system.slice/docker-${ID}.scope`, { container: ID }],
  ["Docker, version 1", `5:memory:/docker/${ID}\n1:name=systemd:/docker/${ID}`, { container: ID }],
  ["Podman", `0::/machine.slice/libpod-${ID}.scope/container`, { container: ID }],
  ["Kubernetes, containerd", `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${ID}.scope`, { container: ID }],
  ["Kubernetes, CRI-O", `0::/kubepods.slice/crio-${ID}.scope`, { container: ID }],
  ["Kubernetes, cgroupfs", `0::/kubepods/burstable/pod12/${ID}`, { container: ID }],
  ["a container in a service", `0::/system.slice/k3s.service/kubepods/${ID}`, { container: ID }],
  [
    "a service in a container",
    "0::/lxc.payload.web/system.slice/nginx.service",
    { unit: "nginx.service", container: "web" },
  ],
  ["LXC, version 1", "3:pids:/lxc/web\n1:name=systemd:/lxc/web", { container: "web" }],
  ["systemd-nspawn", "0::/machine.slice/machine-web.scope", { container: "web" }],
  ["both versions: systemd's own tree", "9:name=systemd:/system.slice/cron.service\n0::/", { unit: "cron.service" }],
  ["32 digits are no container", "4:memory:/agent/b11bac9c2b30deea6453190390676bd0\n0::/", {}],
  ["nothing at all", "", {}],
  ["garbage", "x\n::\n0:\n\0\n", {}],
])("%s", (_name, text, expected) => {
  expect(parseMembership(`${text}\n`)).toEqual(expected);
});
