/** Every origin of a scheme, which an HTTP API accepts: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const ANY_OF_SCHEME = ["https://*", "http://*"];

/** Origins with other schemes than http and https, such as those of apps. */
const APP_ORIGIN = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d{1,5})?$/;

/** Describes an origin, for messages: browsers send nothing else. */
export const ORIGIN_FORM =
  "origins as browsers send them, such as https://www.example.com or http://localhost:3000, without a path and a scheme's own port, or *";

/** Whether a browser could send this text as the origin of a page. */
export function isOrigin(text: string): boolean {
  if (APP_ORIGIN.test(text)) return true;
  if (!/^https?:[^*]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}

/** Whether a text stands for any origin. */
export function isOpenOrigin(text: string): boolean {
  return text === "*" || ANY_OF_SCHEME.includes(text);
}
