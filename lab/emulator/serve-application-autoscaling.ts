import http from "node:http";
import { z } from "zod";
import { autoScaling } from "../services/beside-emulator";
import { ApplicationAutoScaling } from "./application-autoscaling";

const service = new ApplicationAutoScaling();
const Input = z.record(z.string(), z.unknown());

/** AWS's JSON protocol: the operation is in a header, input and output are JSON. A request without one asks whether we are up. */
async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const operation = String(request.headers["x-amz-target"] ?? "").split(".")[1];
  const text = (await request.toArray()).join("");
  const { status, body } =
    operation === undefined ? { status: 200, body: {} } : service.call(operation, Input.parse(JSON.parse(text)));
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
}

http
  .createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  })
  .listen(autoScaling.port, "127.0.0.1");
