import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, beforeEach, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { whyNo } from '#test/why-no-program.ts'
import { storageConformance } from './storage-conformance.ts'

const run = promisify(execFile)
const WRITER = join(import.meta.dirname, 'writer.ts')
const KEY = 'jobs/1/source'
const unsafe = (error: AppError) => error.code === 'unsafe_key'
const newFolder = () => mkdtemp(join(tmpdir(), 'nightshift-storage-'))

storageConformance('a local folder', async () => {
  const folder = await newFolder()
  const close = async () => {
    assert.deepEqual(await readdir(join(folder, '.partial')), [], 'an unfinished file was left behind')
    await rm(folder, { recursive: true })
  }
  return { storage: await openLocalStorage(folder), close }
})

describe('a local folder', () => {
  const made: string[] = []
  let folder: string
  beforeEach(async () => {
    folder = await newFolder()
    made.push(folder)
  })
  after(() => Promise.all(made.map(each => rm(each, { recursive: true, force: true }))))

  it('keeps files and folders to its own user', async () => {
    const storage = await openLocalStorage(join(folder, 'files'))
    await storage.write(KEY, Readable.from(['x']))
    const modes = ['.', 'jobs', 'jobs/1', KEY].map(
      async path => (await stat(join(folder, 'files', path))).mode,
    )
    assert.deepEqual(
      (await Promise.all(modes)).map(mode => mode & 0o077),
      [0, 0, 0, 0],
    )
  })

  it('clears empty folders away with the last file in them, but never its own', async () => {
    const storage = await openLocalStorage(folder)
    await storage.write(KEY, Readable.from(['x']))
    await storage.write('jobs/2/source', Readable.from(['x']))
    await storage.delete('jobs/1/')
    assert.deepEqual(await readdir(join(folder, 'jobs')), ['2'])
    await storage.delete('jobs/2/source')
    assert.deepEqual(await readdir(folder), ['.partial'])
  })

  it('never goes through a link, neither to read nor to write, list or delete', async () => {
    const outside = await newFolder()
    made.push(outside)
    await mkdir(join(outside, '1'))
    await writeFile(join(outside, '1', 'source'), 'secret')
    await symlink(outside, join(folder, 'jobs'))
    const storage = await openLocalStorage(folder)
    for (const key of [KEY, 'jobs/new/source', 'jobs/new/deeper/source']) {
      await assert.rejects(storage.read(key), unsafe)
      await assert.rejects(storage.write(key, Readable.from(['x'])), unsafe)
      await assert.rejects(storage.delete(key), unsafe)
    }
    await assert.rejects(Readable.from(storage.list('jobs/')).toArray(), unsafe)
    assert.deepEqual(await readdir(outside, { recursive: true }), ['1', '1/source'])
  })

  it('takes a link in the place of a file for no file', async () => {
    const target = join(folder, 'secret')
    await writeFile(target, 'secret')
    const storage = await openLocalStorage(join(folder, 'files'))
    await storage.write('jobs/1/other', Readable.from(['x']))
    await symlink(target, join(folder, 'files', KEY))
    await assert.rejects(storage.read(KEY), unsafe)
    assert.equal(await storage.size(KEY), undefined)
    assert.deepEqual(await Readable.from(storage.list('jobs/')).toArray(), ['jobs/1/other'])
    await storage.delete('jobs/1/')
    assert.equal(await readFile(target, 'utf8'), 'secret')
  })

  it('sweeps what a killed writer left when it is opened again, and shows no part of it before', async () => {
    const writer = spawn(process.execPath, [WRITER, 'stall', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(writer.stdout, 'data')
    assert.equal((await readdir(join(folder, '.partial'))).length, 1, 'the writer must be in the middle')
    const beside = await openLocalStorage(folder)
    assert.equal((await readdir(join(folder, '.partial'))).length, 1, 'a living writer keeps its file')
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    assert.equal(await beside.size(KEY), undefined)
    await openLocalStorage(folder)
    assert.deepEqual(await readdir(join(folder, '.partial')), [])
  })

  it('sweeps what a writer on another host has not touched for a day', async () => {
    await openLocalStorage(folder)
    const names = ['fresh', 'old'].map(name => `not-${hostname()}~1~${name}`)
    for (const name of names) await writeFile(join(folder, '.partial', name), 'x')
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
    await utimes(join(folder, '.partial', names[1] ?? ''), twoDaysAgo, twoDaysAgo)
    await openLocalStorage(folder)
    assert.deepEqual(await readdir(join(folder, '.partial')), [names[0]])
  })

  it('says storage_full on a full disk and leaves nothing of a write', { skip: whyNo('bwrap') }, async () => {
    // A real disk of 1 MB: a tmpfs of its own in a mount namespace.
    const disk = ['--size', '1048576', '--tmpfs', folder]
    const command = [process.execPath, WRITER, 'fill', folder]
    const { stdout } = await run('bwrap', ['--dev-bind', '/', '/', ...disk, '--die-with-parent', ...command])
    assert.deepEqual(JSON.parse(stdout), { write: 'storage_full', left: [], unfinished: [] })
  })

  it('gives back the memory of chunks that may be spent, and of no others', async () => {
    const storage = await openLocalStorage(folder)
    const whole = () => Buffer.from(new Uint8Array(1000).fill(7).buffer)
    const [spent, kept, part] = [whole(), whole(), whole().subarray(0, 500)]
    await storage.write(KEY, Readable.from([spent, part]), { ownsChunks: true })
    await storage.write('jobs/2/source', Readable.from([kept]))
    assert.deepEqual([spent.length, part.length, kept.length], [0, 500, 1000])
    assert.deepEqual(await readFile(join(folder, KEY)), Buffer.alloc(1500, 7))
  })

  it('writes 400 MB in flat memory', async () => {
    const { stdout } = await run(process.execPath, [WRITER, 'big', folder])
    const { bytes, growthMb } = JSON.parse(stdout)
    assert.equal(bytes, 400_000_000)
    assert.ok(growthMb <= 40, `peak memory grew by ${growthMb} MB`)
  })
})
