import { expect, test } from "vitest";
import { until } from "../until.ts";
import { realServer } from "./real-server.ts";
import { coapServer } from "./servers/coap-server.ts";
import { kamailio } from "./servers/kamailio.ts";
import { mosquitto } from "./servers/mosquitto.ts";
import { RABBITMQ, rabbitmq } from "./servers/rabbitmq.ts";

realServer("Mosquitto", { needs: ["mosquitto", "openssl"], start: mosquitto }, (ask) => {
  const broker = expect.stringMatching(/^mosquitto version /);

  test("lets a stranger in, and tells its version", async () => {
    const fields = await until("its version under its topic", async () => {
      const { fields } = await ask({ protocol: "mqtt", transport: "tcp", port: 1883 });
      return fields.broker === undefined ? undefined : fields;
    });
    expect(fields).toEqual({ accepted: true, code: 0, meaning: "accepted", broker });
  });

  test("does not let a stranger in", async () => {
    const { fields } = await ask({ protocol: "mqtt", transport: "tcp", port: 1884 });
    expect(fields).toEqual({ accepted: false, code: 5, meaning: "not authorized" });
  });

  test("lets a stranger in inside TLS", async () => {
    const { fields } = await ask({ protocol: "mqtts", transport: "tcp", port: 8883 });
    expect(fields).toMatchObject({ broker, tls: { certificate: { subject: "broker.harbour.test" } } });
  });
});

realServer("RabbitMQ", { needs: [RABBITMQ, "epmd"], start: rabbitmq }, (ask) => {
  test("tells what it is", async () => {
    const { fields } = await ask({ protocol: "amqp", transport: "tcp", port: 5672 });
    expect(fields).toMatchObject({
      speaks: "0-9",
      product: "RabbitMQ",
      cluster: "harbour",
      mechanisms: ["PLAIN", "AMQPLAIN"],
    });
  });
});

realServer("Kamailio", { needs: ["kamailio"], start: kamailio }, (ask) => {
  test.each(["udp", "tcp"] as const)("tells over %s what it can do", async (transport) => {
    const { fields } = await ask({ protocol: "sip", transport, port: 5060 });
    expect(fields).toMatchObject({ status: 200, server: "harbour exchange", methods: "OPTIONS, INVITE" });
  });
});

realServer("libcoap's example", { needs: ["coap-server-notls"], start: coapServer }, (ask) => {
  test("lists its resources", async () => {
    const { fields } = await ask({ protocol: "coap", transport: "udp", port: 5683 });
    expect(fields).toMatchObject({ code: "2.05", resourceCount: 4 });
    expect(fields.resources).toContain("/time");
  });
});
