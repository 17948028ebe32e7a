import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seccompFilter, sharedSystemFilter } from '#worker/sandbox/seccomp.ts'
import { PROCESSORS, type Processor } from '#worker/sandbox/syscalls.ts'

const ALLOW = 'allow'
const CLONE_NEWUSER = 0x10000000

interface Call {
  audit: number
  number: number
  /** The first argument, its lower half. */
  argument?: number | undefined
  second?: number
  third?: number
}

/** Runs the filter as the kernel would. */
function answerOf(filter: Buffer, { audit, number, argument = 0, second = 0, third = 0 }: Call): string {
  const words = new Map([
    [0, number],
    [4, audit],
    [16, argument],
    [24, second],
    [32, third],
  ])
  let loaded = 0
  for (let at = 0; ; ) {
    assert.ok(at * 8 < filter.length, 'a jump left the program')
    const code = filter.readUInt16LE(at * 8)
    const [met, unmet] = [filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3)]
    const value = filter.readUInt32LE(at * 8 + 4)
    at += 1
    if (code === 0x20) loaded = words.get(value) ?? assert.fail(`nothing lies at ${value}`)
    else if (code === 0x15) at += loaded === value ? met : unmet
    else if (code === 0x35) at += loaded >>> 0 >= value ? met : unmet
    else if (code === 0x45) at += (loaded & value) !== 0 ? met : unmet
    else if (code === 0x54) loaded &= value
    else if (code === 0x06) return nameOf(value)
    else assert.fail(`unknown instruction ${code}`)
  }
}

function nameOf(value: number): string {
  if (value === 0x7fff0000) return ALLOW
  if (value === 0x80000000) return 'kill'
  if (value === 0x00050001) return 'EPERM'
  if (value === 0x0005000d) return 'EACCES'
  if (value === 0x00050026) return 'ENOSYS'
  if (value === 0x00050000) return 'done'
  return assert.fail(`unknown answer ${value.toString(16)}`)
}

const read = { x64: 0, arm64: 63 } as const

for (const name of ['x64', 'arm64'] as const) {
  const processor = PROCESSORS.get(name) as Processor
  const filter = seccompFilter(processor)
  const answer = (number: number, argument?: number) =>
    answerOf(filter, { audit: processor.audit, number, argument })

  describe(`the system call filter for ${name}`, () => {
    it('kills a process that calls through another ABI', () => {
      assert.equal(answerOf(filter, { audit: 0x40000003, number: read[name] }), 'kill')
    })

    it('denies each call of its table', () => {
      assert.ok(Object.keys(processor.denied).length > 50)
      for (const [call, number] of Object.entries(processor.denied))
        assert.equal(answer(number), 'EPERM', call)
    })

    it('says that what would wait for the disk is done', () => {
      assert.ok(Object.keys(processor.syncing).length >= 6)
      for (const [call, number] of Object.entries(processor.syncing))
        assert.equal(answer(number), 'done', call)
    })

    it('allows what LibreOffice lives on', () => assert.equal(answer(read[name]), ALLOW))

    it('allows sockets of this machine and denies all others', () => {
      assert.equal(answer(processor.socket, 1), ALLOW)
      for (const family of [0, 2, 10, 16, 17, 40]) assert.equal(answer(processor.socket, family), 'EPERM')
    })

    it('allows threads and denies new user namespaces', () => {
      assert.equal(answer(processor.clone, 0x003d0f00), ALLOW)
      assert.equal(answer(processor.clone, CLONE_NEWUSER | 17), 'EPERM')
    })

    it('says that clone3 does not exist, so that libc falls back to clone', () =>
      assert.equal(answer(processor.clone3), 'ENOSYS'))
  })
}

describe('the system call filter for x64', () => {
  it('denies the x32 ABI, whose numbers would slip past', () => {
    const processor = PROCESSORS.get('x64') as Processor
    const x32 = { audit: processor.audit, number: 0x40000000 + 520 }
    assert.equal(answerOf(seccompFilter(processor), x32), 'EPERM')
  })
})

for (const name of ['x64', 'arm64'] as const) {
  const processor = PROCESSORS.get(name) as Processor
  const { shared } = processor
  const filter = sharedSystemFilter(processor)
  const answer = (number: number, call: Partial<Call> = {}) =>
    answerOf(filter, { audit: processor.audit, number, ...call })
  const STREAM = 1
  const DATAGRAM = 2
  const NOT_BLOCKING = 0x800

  describe(`the system call filter without namespaces for ${name}`, () => {
    it('denies all that the other one denies, and each call of its own table', () => {
      assert.ok(Object.keys(shared.denied).length > 30)
      for (const [call, number] of Object.entries({ ...processor.denied, ...shared.denied }))
        assert.equal(answer(number), 'EPERM', call)
      assert.equal(answer(processor.clone, { argument: CLONE_NEWUSER | 17 }), 'EPERM')
      assert.equal(answer(shared.openat2), 'ENOSYS')
      assert.equal(answer(read[name]), ALLOW)
      assert.equal(answer(processor.clone, { argument: 0x003d0f00 }), ALLOW)
    })

    it('allows streams of this machine and denies datagrams and the network', () => {
      assert.equal(answer(processor.socket, { argument: 1, second: STREAM | NOT_BLOCKING }), ALLOW)
      assert.equal(answer(processor.socket, { argument: 1, second: DATAGRAM | NOT_BLOCKING }), 'EPERM')
      assert.equal(answer(processor.socket, { argument: 2, second: STREAM }), 'EPERM')
      assert.equal(answer(shared.socketpair, { argument: 1, second: STREAM }), ALLOW)
      assert.equal(answer(shared.socketpair, { argument: 1, second: DATAGRAM }), 'EPERM')
    })

    it('allows a process its own limits, and no other’s', () => {
      assert.equal(answer(shared.prlimit, { argument: 0 }), ALLOW)
      assert.equal(answer(shared.prlimit, { argument: 7 }), 'EPERM')
    })

    it('says of every file that it cannot be written, and reads all that is asked', () => {
      assert.equal(answer(shared.faccessat, { third: 2 }), 'EACCES')
      assert.equal(answer(shared.faccessat, { third: 4 }), ALLOW)
      if (shared.access !== null) assert.equal(answer(shared.access, { second: 2 }), 'EACCES')
      if (shared.access !== null) assert.equal(answer(shared.access, { second: 0 }), ALLOW)
    })

    it('empties no file that is opened for reading', () => {
      const EMPTIED = 0o1000
      assert.equal(answer(shared.openat, { third: EMPTIED }), 'EPERM')
      assert.equal(answer(shared.openat, { third: EMPTIED | 0o102 }), ALLOW)
      assert.equal(answer(shared.openat, { third: 0 }), ALLOW)
      if (shared.open !== null) assert.equal(answer(shared.open, { second: EMPTIED }), 'EPERM')
    })

    it('lets no file send signals', () => {
      for (const command of [8, 10, 15]) assert.equal(answer(shared.fcntl, { second: command }), 'EPERM')
      assert.equal(answer(shared.fcntl, { second: 3 }), ALLOW)
      assert.equal(answer(shared.ioctl, { second: 0x8901 }), 'EPERM')
      assert.equal(answer(shared.ioctl, { second: 0x5401 }), ALLOW)
    })
  })
}
