import type { Node } from "yaml";
import { type Declaration, newDeclaration, onePort } from "../../model/declaration.ts";
import type { Importer } from "./importer.ts";
import { readYaml, textOf, type YamlDocument } from "./yaml-text.ts";

/** Where each kind of workload keeps the pod that it runs (Kubernetes API reference). */
const PODS: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** A workload: its declaration, the labels of its pods, and its ports by name. */
type Workload = { declaration: Declaration; labels: Map<string, string>; named: Map<string, number> };

/**
 * `containerPort` of pods and what makes them, and `targetPort` of the services that select them. A containerPort is
 * informational: a container may listen on ports that it does not name, so each line states, and none closes.
 */
export const kubernetes: Importer = {
  name: "kubernetes",
  title: "containerPort and targetPort of Kubernetes manifests",
  matches: ({ file, text }) =>
    /\.(ya?ml|json)$/.test(file) && /^\s*"?apiVersion"?:/m.test(text) && /"?kind"?:/.test(text),
  read(file) {
    const objects = readYaml(file).flatMap((yaml) => {
      const list = textOf(yaml.at(yaml.root, "kind")) === "List";
      return (list ? yaml.items(yaml.at(yaml.root, "items")) : [yaml.root]).map((object) => ({ yaml, object }));
    });
    const workloads = objects.flatMap(({ yaml, object }) => workloadOf(object, yaml));
    const loose = objects.flatMap(({ yaml, object }) => serviceOf(object, workloads, yaml));
    return [...workloads.map(({ declaration }) => declaration), ...loose];
  },
};

function nameOf(object: Node, yaml: YamlDocument): string {
  return (
    textOf(yaml.at(object, "metadata", "name")) ?? textOf(yaml.at(object, "metadata", "generateName")) ?? "unnamed"
  );
}

function workloadOf(object: Node, yaml: YamlDocument): Workload[] {
  const path = PODS[textOf(yaml.at(object, "kind")) ?? ""];
  if (path === undefined) return [];
  const pod = yaml.at(object, ...path);
  const declaration = newDeclaration(nameOf(object, yaml));
  const named = new Map<string, number>();
  for (const container of yaml.items(yaml.at(pod, "spec", "containers"))) {
    for (const port of yaml.items(yaml.at(container, "ports"))) {
      const number = Number(textOf(yaml.at(port, "containerPort")));
      const name = textOf(yaml.at(port, "name"));
      if (name !== undefined) named.set(name, number);
      addPort(declaration, number, textOf(yaml.at(port, "protocol")), yaml.sourceOf(port));
    }
  }
  const labels = new Map(
    yaml
      .entries(yaml.at(pod, "metadata", "labels"))
      .map(([key, value]) => [key, textOf(value) ?? ""] as [string, string]),
  );
  return [{ declaration, labels, named }];
}

/** Adds a service's ports to the workloads that it selects; one that selects nothing here stands for itself. */
function serviceOf(object: Node, workloads: readonly Workload[], yaml: YamlDocument): Declaration[] {
  if (textOf(yaml.at(object, "kind")) !== "Service") return [];
  const selector = yaml.entries(yaml.at(object, "spec", "selector"));
  const selects = ({ labels }: Workload) =>
    selector.length > 0 && selector.every(([key, value]) => labels.get(key) === textOf(value));
  const selected = workloads.filter(selects);
  const alone = selected.length === 0 ? [newDeclaration(nameOf(object, yaml))] : [];
  for (const port of yaml.items(yaml.at(object, "spec", "ports"))) {
    const target = textOf(yaml.at(port, "targetPort")) ?? textOf(yaml.at(port, "port")) ?? "";
    const protocol = textOf(yaml.at(port, "protocol"));
    const source = yaml.sourceOf(port);
    for (const { declaration, named } of selected) {
      addPort(declaration, named.get(target) ?? Number(target), protocol, source, target);
    }
    for (const declaration of alone) addPort(declaration, Number(target), protocol, source, target);
  }
  return alone;
}

function addPort(
  declaration: Declaration,
  port: number,
  protocol: string | undefined,
  source: string,
  target = String(port),
): void {
  const transport = (protocol ?? "TCP").toLowerCase();
  const known = declaration.listens.some(
    (line) => line.protocol === transport && line.ports !== "dynamic" && line.ports[0]?.from === port,
  );
  if (known) return;
  if (!Number.isInteger(port) || port < 1 || port > 65535 || (transport !== "tcp" && transport !== "udp")) {
    declaration.remarks.push({ source, text: `port "${target}" (${transport}) cannot be read here` });
    return;
  }
  declaration.listens.push({ protocol: transport, ports: onePort(port), scope: "network", source });
}
