import type { Processor } from './syscalls.ts'

// The few instructions of classic BPF that the filter needs.
const LOAD_WORD = 0x20
const JUMP_IF_EQUAL = 0x15
const JUMP_IF_GREATER_OR_EQUAL = 0x35
const JUMP_IF_ANY_BIT = 0x45
const KEEP_BITS = 0x54
const RETURN = 0x06

// Offsets in the kernel's `struct seccomp_data`; both processors are little-endian.
const NUMBER = 0
const ARCHITECTURE = 4
const FIRST_ARGUMENT = 16
const SECOND_ARGUMENT = 24
const THIRD_ARGUMENT = 32

const ALLOW = 0x7fff0000
const KILL_PROCESS = 0x80000000
const ERRNO = 0x00050000
const EPERM = ERRNO | 1
const EACCES = ERRNO | 13
const ENOSYS = ERRNO | 38
/** Skips the call and reports success. */
const DONE = ERRNO | 0

const CLONE_NEWUSER = 0x10000000
const AF_UNIX = 1
const SOCK_STREAM = 1
/** The other bits of a socket's type are flags. */
const TYPE_OF_SOCKET = 0xf
const TO_WRITE = 2
const EMPTIED = 0o1000
/** The bits of a file's mode of opening, and O_TRUNC. */
const HOW_OPENED = 0o3 | EMPTIED
/** F_SETOWN, F_SETSIG, F_SETOWN_EX; and FIOSETOWN, SIOCSPGRP: they let the kernel send a signal to any process. */
const OWNERS_BY_FCNTL = [8, 10, 15]
const OWNERS_BY_IOCTL = [0x8901, 0x8902]

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
  return filterOf(processor, [])
}

/**
 * The same for a sandbox without namespaces: what hides other processes and files there, this filter and Landlock must
 * forbid. Sockets are streams, and none can connect: Landlock does not know of sockets that are files, and knows TCP
 * only from version 4. Signals, limits and priorities of other processes, memory and messages shared by number, and
 * changes of a file's mode, owner, times or length by its path are not Landlock's or not that of each version.
 *
 * Nothing is writable for those who ask first (`access`), so that LibreOffice takes the folder that OSL_SOCKET_PATH
 * names for its sockets and not /tmp, which belongs to all.
 */
export function sharedSystemFilter(processor: Processor): Buffer {
  const { shared } = processor
  return filterOf(processor, [
    ...Object.values(shared.denied).flatMap(number => answer(JUMP_IF_EQUAL, number, EPERM)),
    ...answer(JUMP_IF_EQUAL, shared.openat2, ENOSYS),
    ...forCall(processor.socket, [
      load(FIRST_ARGUMENT),
      jump(JUMP_IF_EQUAL, AF_UNIX, { met: 1 }),
      give(EPERM),
      ...onlyStreams,
    ]),
    ...forCall(shared.socketpair, onlyStreams),
    ...forCall(shared.prlimit, [
      load(FIRST_ARGUMENT),
      jump(JUMP_IF_EQUAL, 0, { met: 1 }),
      give(EPERM),
      give(ALLOW),
    ]),
    ...forCall(shared.access, denying(SECOND_ARGUMENT, [TO_WRITE], EACCES)),
    ...forCall(shared.faccessat, denying(THIRD_ARGUMENT, [TO_WRITE], EACCES)),
    ...forCall(shared.open, notEmptiedForReading(SECOND_ARGUMENT)),
    ...forCall(shared.openat, notEmptiedForReading(THIRD_ARGUMENT)),
    ...forCall(shared.fcntl, denying(SECOND_ARGUMENT, OWNERS_BY_FCNTL, EPERM)),
    ...forCall(shared.ioctl, denying(SECOND_ARGUMENT, OWNERS_BY_IOCTL, EPERM)),
  ])
}

/** `first` comes before the rules for every sandbox, and leaves the call's number loaded where it does not decide. */
function filterOf(processor: Processor, first: readonly Instruction[]): Buffer {
  const program = [
    load(ARCHITECTURE),
    jump(JUMP_IF_EQUAL, processor.audit, { met: 1 }),
    give(KILL_PROCESS),
    load(NUMBER),
    ...(processor.x32 === null ? [] : answer(JUMP_IF_GREATER_OR_EQUAL, processor.x32, EPERM)),
    ...first,
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

/** Instructions for one call, which all end in an answer; none where the processor does not have it. */
const forCall = (number: number | null, instructions: readonly Instruction[]) =>
  number === null ? [] : [jump(JUMP_IF_EQUAL, number, { unmet: instructions.length }), ...instructions]
const denying = (argument: number, values: readonly number[], result: number) => [
  load(argument),
  ...values.flatMap(value => answer(JUMP_IF_EQUAL, value, result)),
  give(ALLOW),
]
const keep = (bits: number): Instruction => ({ code: KEEP_BITS, value: bits, met: 0, unmet: 0 })
const onlyStreams = [
  load(SECOND_ARGUMENT),
  keep(TYPE_OF_SOCKET),
  jump(JUMP_IF_EQUAL, SOCK_STREAM, { met: 1 }),
  give(EPERM),
  give(ALLOW),
]
/** Before its version 3 Landlock lets whoever may read a file empty it. */
const notEmptiedForReading = (argument: number) => [
  load(argument),
  keep(HOW_OPENED),
  ...answer(JUMP_IF_EQUAL, EMPTIED, EPERM),
  give(ALLOW),
]

function encode(instruction: Instruction): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16LE(instruction.code, 0)
  bytes.writeUInt8(instruction.met, 2)
  bytes.writeUInt8(instruction.unmet, 3)
  bytes.writeUInt32LE(instruction.value >>> 0, 4)
  return bytes
}
