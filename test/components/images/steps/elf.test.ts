import { expect } from "chai";
import { ELF_HEAD_BYTES, isSystemFile, processorOf } from "../../../../components/images/steps/elf";
import { elf } from "../../../support/layers";

describe("processorOf", () => {
  it("reads what a program or a shared library is for", () => {
    expect((["amd64", "arm64", "arm"] as const).map((processor) => processorOf(elf(processor)))).to.deep.equal([
      "amd64",
      "arm64",
      "arm",
    ]);
    expect(processorOf(elf("arm64", 2).subarray(0, ELF_HEAD_BYTES))).to.equal("arm64");
  });

  it("reads the other byte order", () => {
    const head = Buffer.alloc(ELF_HEAD_BYTES);
    head.write("\x7fELF\x02\x02\x01", "latin1");
    head.writeUInt16BE(2, 16);
    head.writeUInt16BE(22, 18);
    expect(processorOf(head)).to.equal("s390x");
  });

  it("finds none in an object file, for a machine that is none, in a script, or in too little", () => {
    for (const head of [
      elf("arm64", 1),
      elf("bpf"),
      Buffer.from("#!/bin/sh\nexec true\n"),
      elf("arm64").subarray(0, 19),
    ])
      expect(processorOf(head)).to.equal(undefined);
  });
});

describe("isSystemFile", () => {
  it("is true of programs in the system's folders and of what loads programs, and of nothing else", () => {
    const SYSTEM = ["bin/sh", "usr/bin/env", "sbin/init", "lib64/ld-linux-x86-64.so.2", "lib/ld-musl-aarch64.so.1"];
    const OTHER = [
      "usr/local/bin/node",
      "opt/bin/sh",
      "usr/bin/x/y",
      "usr/lib/libc.so.6",
      "lib/x/y/ld.so",
      "app/bin/sh",
    ];
    expect(SYSTEM.filter((path) => !isSystemFile(path))).to.deep.equal([]);
    expect(OTHER.filter(isSystemFile)).to.deep.equal([]);
  });
});
