import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { run } from "./test-command.ts";
import { failed, type Outcome, PASSED, skipped } from "./test-outcome.ts";

/** The Debian packages that tests use: compilers of the BPF objects, peers, and the programs that live tests observe. */
const PACKAGES = [
  ...["clang-14", "llvm-14", "libbpf-dev", "gcc", "libc6-dev"],
  ...["bpftrace", "bpftool", "strace", "lsof", "net-tools", "conntrack", "nethogs", "nftables", "iproute2", "nmap"],
  ...["nginx-light", "redis-server", "dnsmasq-base", "vsftpd", "openssh-server", "openssh-client", "iperf3"],
  ...["curl", "python3", "socat", "tmux", "util-linux", "procps", "systemd", "ufw", "firewalld"],
  // Servers that probes ask.
  ...[
    "bind9",
    "dovecot-imapd",
    "dovecot-pop3d",
    "postfix",
    "slapd",
    "snmpd",
    "tftpd-hpa",
    "strongswan-charon",
    "xl2tpd",
  ],
  ...["samba-ad-dc", "samba-ad-provision", "openssl"],
  ...["avahi-daemon", "chrony", "coturn", "inetutils-telnetd", "kamailio", "krb5-kdc", "libcoap3-bin", "minissdpd"],
  ...["mariadb-server-core", "memcached", "mosquitto", "ngtcp2-server", "openipmi", "openvpn", "postgresql", "rpcbind"],
  ...["rabbitmq-server", "rsync", "tigervnc-standalone-server", "wireguard-go", "wireguard-tools", "xrdp"],
];

/** What Debian's maintainer scripts ask before they start a service (invoke-rc.d(8)); status 101 forbids it. */
const POLICY = "/usr/sbin/policy-rc.d";

function missing(): string[] {
  let listed = "";
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format, not a template of ours
    listed = execFileSync("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\\n", ...PACKAGES], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    // Status 1 means that some are unknown to dpkg; the others are listed all the same.
    listed = String((error as { stdout?: unknown }).stdout ?? "");
  }
  const installed = new Set(listed.split("\n").filter((line) => line.endsWith(" installed")));
  return PACKAGES.filter((name) => !installed.has(`${name} installed`));
}

/** Installs what is missing, as root on Debian and its descendants, and starts none of the services among it. */
export async function installPackages(): Promise<Outcome> {
  const name = "Debian packages";
  if (!existsSync("/usr/bin/apt-get")) return skipped(name, `no apt-get here; the tests use ${PACKAGES.join(" ")}`);
  const names = missing();
  if (names.length === 0) return PASSED;
  if (process.getuid?.() !== 0) return skipped(name, `only root installs them; missing: ${names.join(" ")}`);
  const lift = forbidServices();
  try {
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    const problem =
      (await run("apt-get", ["update", "-q"], 180, quiet)) ??
      (await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...names], 600, quiet));
    return problem === undefined ? PASSED : failed(`${name}: apt-get ${problem}`);
  } finally {
    lift();
  }
}

/**
 * Forbids maintainer scripts to start services until the returned function is called. Where this machine has a policy
 * of its own, that one holds. Ours expires with this process, should it be killed before it removes the file.
 */
function forbidServices(): () => void {
  if (existsSync(POLICY)) return () => {};
  writeFileSync(
    POLICY,
    `#!/bin/sh\n# Left by a test run that was killed; remove it.\nkill -0 ${process.pid} 2>/dev/null && exit 101\nexit 0\n`,
  );
  chmodSync(POLICY, 0o755);
  return () => rmSync(POLICY);
}
