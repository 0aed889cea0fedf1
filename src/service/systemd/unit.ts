/** What a unit file says about this machine: where the program is, and where its record and its settings are. */
export type UnitPlace = {
  /** The program with its first words, each as it is: they are quoted here. */
  command: readonly string[];
  /** Name of the record's folder below /var/lib, which systemd makes (StateDirectory of systemd.exec(5)). */
  stateFolder: string;
  /** The page to read, as a path. */
  documentation: string;
};

/**
 * Capabilities that the recorder needs, and why. BPF and PERFMON load and attach the programs; NET_ADMIN attaches those of
 * cgroups; SYS_ADMIN enters other network namespaces (setns(2)); SYS_PTRACE and DAC_READ_SEARCH read the executables,
 * files and modules of other users' processes (proc(5)).
 */
const CAPABILITIES = [
  "CAP_BPF",
  "CAP_PERFMON",
  "CAP_NET_ADMIN",
  "CAP_SYS_ADMIN",
  "CAP_SYS_PTRACE",
  "CAP_DAC_READ_SEARCH",
];

/**
 * The unit file of the recorder (systemd.unit(5), systemd.service(5), systemd.exec(5)). systemd learns from the recorder
 * itself when it is ready and that it still lives; it may write its own record and nothing else.
 */
export function unitText({ command, stateFolder, documentation }: UnitPlace): string {
  return `# Written by "portolan service install". What you change here the next install replaces:
# use "systemctl edit portolan" for changes of your own.
[Unit]
Description=Portolan, the record of which application used which port
Documentation=file:${quotedPath(documentation)}

[Service]
Type=notify
ExecStart=${commandLine(command)}
WatchdogSec=60
Restart=on-failure
RestartSec=5
TimeoutStopSec=30

# It sees, and does not touch: only its own record may be written.
StateDirectory=${stateFolder}
StateDirectoryMode=0750
RuntimeDirectory=portolan
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=yes
UMask=0077
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateMounts=yes
PrivateDevices=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
KeyringMode=private

# Other network namespaces are entered to list their sockets; none is made.
RestrictNamespaces=net
RestrictAddressFamilies=AF_UNIX
IPAddressDeny=any
SystemCallArchitectures=native
SystemCallFilter=@system-service bpf perf_event_open setns
SystemCallErrorNumber=EPERM
CapabilityBoundingSet=${CAPABILITIES.join(" ")}

# An observer must not be what slows a machine down.
MemoryHigh=384M
MemoryMax=512M
CPUWeight=20
CPUQuota=100%
TasksMax=64
Nice=5

[Install]
WantedBy=multi-user.target
`;
}

/**
 * The words of ExecStart (systemd.service(5), "COMMAND LINES"): double quotes hold spaces together, a backslash escapes,
 * `%` and, behind the first word, `$` would be expanded and are doubled.
 */
function commandLine([program = "", ...rest]: readonly string[]): string {
  return [quoted(program), ...rest.map((word) => quoted(word.replaceAll("$", "$$$$")))].join(" ");
}

function quoted(word: string): string {
  const text = word.replaceAll("%", "%%");
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** A path in a URI (RFC 3986, section 2.1), where systemd then expands specifiers (systemd.unit(5)). */
function quotedPath(path: string): string {
  return encodeURI(path).replaceAll("%", "%%");
}
