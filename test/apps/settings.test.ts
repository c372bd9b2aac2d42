import { expect } from "chai";
import * as commandLog from "../../apps/command/src/log";
import * as commandSettings from "../../apps/command/src/settings";
import * as queryLog from "../../apps/query/src/log";
import * as querySettings from "../../apps/query/src/settings";
import { LogLines } from "./http";

const services = [
  ["command", commandSettings.readSettings, commandLog.createLog],
  ["query", querySettings.readSettings, queryLog.createLog],
] as const;

for (const [name, readSettings, createLog] of services) {
  describe(`settings of apps/${name}`, () => {
    it("has defaults", () => {
      expect(readSettings({})).to.deep.equal({ port: 3001, logLevel: "INFO", table: undefined });
    });

    it("reads the environment and takes an empty table name for none", () => {
      expect(readSettings({ PORT: "8081", LOG_LEVEL: "DEBUG", EVENT_STORE_TABLE: "stock" })).to.deep.equal({
        port: 8081,
        logLevel: "DEBUG",
        table: "stock",
      });
      expect(readSettings({ EVENT_STORE_TABLE: "" }).table).to.equal(undefined);
    });

    it("names every bad variable in one message", () => {
      expect(() => readSettings({ PORT: "0", LOG_LEVEL: "loud" })).to.throw(
        'PORT must be a whole number from 1 to 65535, got "0"; ' +
          'LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL, got "loud"',
      );
      for (const port of ["", "65536", "1.5", "http", "-1"]) {
        expect(() => readSettings({ PORT: port }), port).to.throw("PORT must be");
      }
    });

    it("logs lines that Lambda can filter, from the level that was set", () => {
      const log = new LogLines();
      const logger = createLog("WARN", log);
      logger.info("left out");
      logger.warn({ sku: "bolt" }, "kept");
      expect(log.lines).to.have.length(1);
      expect(log.lines[0]).to.deep.include({ level: "WARN", sku: "bolt", message: "kept" });
      expect(new Date(String(log.lines[0]?.timestamp)).toISOString()).to.equal(log.lines[0]?.timestamp);
    });
  });
}
