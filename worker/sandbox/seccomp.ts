import type { Processor } from './syscalls.ts'

// The few instructions of classic BPF that the filter needs.
const LOAD_WORD = 0x20
const JUMP_IF_EQUAL = 0x15
const JUMP_IF_GREATER_OR_EQUAL = 0x35
const JUMP_IF_ANY_BIT = 0x45
const RETURN = 0x06

// Offsets in the kernel's `struct seccomp_data`; both processors are little-endian.
const NUMBER = 0
const ARCHITECTURE = 4
const FIRST_ARGUMENT = 16

const ALLOW = 0x7fff0000
const KILL_PROCESS = 0x80000000
const ERRNO = 0x00050000
const EPERM = ERRNO | 1
const ENOSYS = ERRNO | 38
/** Skips the call and reports success. */
const DONE = ERRNO | 0

const CLONE_NEWUSER = 0x10000000
const AF_UNIX = 1

interface Instruction {
  code: number
  value: number
  /** The instructions to skip when the test succeeds, and when it fails. */
  met: number
  unmet: number
}

/**
 * The system call filter as bytes for `bwrap --seccomp`. Calls that only an attacker needs return EPERM. Sockets are
 * AF_UNIX only. Symbolic links and device files cannot be created, because the worker, with more rights, reads results
 * from the same folder. `clone3` returns ENOSYS and not EPERM: a filter cannot read its flags, which are in memory, and
 * only ENOSYS makes the C library fall back to `clone`, whose flags it can read. Calls that wait for the disk succeed
 * at once, because nothing in a slot outlives a crash: LibreOffice makes them several times a document, and a document
 * must not delay the disk for the database.
 */
export function seccompFilter(processor: Processor): Buffer {
  const program = [
    load(ARCHITECTURE),
    jump(JUMP_IF_EQUAL, processor.audit, { met: 1 }),
    give(KILL_PROCESS),
    load(NUMBER),
    ...(processor.x32 === null ? [] : answer(JUMP_IF_GREATER_OR_EQUAL, processor.x32, EPERM)),
    ...Object.values(processor.denied).flatMap(number => answer(JUMP_IF_EQUAL, number, EPERM)),
    ...Object.values(processor.syncing).flatMap(number => answer(JUMP_IF_EQUAL, number, DONE)),
    ...answer(JUMP_IF_EQUAL, processor.clone3, ENOSYS),
    jump(JUMP_IF_EQUAL, processor.clone, { unmet: 4 }),
    load(FIRST_ARGUMENT),
    ...answer(JUMP_IF_ANY_BIT, CLONE_NEWUSER, EPERM),
    give(ALLOW),
    jump(JUMP_IF_EQUAL, processor.socket, { unmet: 3 }),
    load(FIRST_ARGUMENT),
    jump(JUMP_IF_EQUAL, AF_UNIX, { met: 1 }),
    give(EPERM),
    give(ALLOW),
  ]
  return Buffer.concat(program.map(encode))
}

const load = (offset: number): Instruction => ({ code: LOAD_WORD, value: offset, met: 0, unmet: 0 })
const give = (value: number): Instruction => ({ code: RETURN, value, met: 0, unmet: 0 })
const jump = (code: number, value: number, skip: { met?: number; unmet?: number }): Instruction => ({
  code,
  value,
  met: skip.met ?? 0,
  unmet: skip.unmet ?? 0,
})
const answer = (code: number, value: number, result: number) => [
  jump(code, value, { unmet: 1 }),
  give(result),
]

function encode(instruction: Instruction): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(instruction.code, 0)
  bytes.writeUInt8(instruction.met, 2)
  bytes.writeUInt8(instruction.unmet, 3)
  bytes.writeUInt32LE(instruction.value >>> 0, 4)
  return bytes
}
