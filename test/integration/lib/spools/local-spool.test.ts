import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, beforeEach, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { openLocalSpool } from '#lib/spools/local-spool.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import { refusal } from '#test/stored-bytes.ts'
import { whyNo } from '#test/why-no-program.ts'
import { ID } from './spool-conformance/appending.ts'
import { newUploadRecord, spoolConformance } from './spool-conformance.ts'

const run = promisify(execFile)
const WRITER = join(import.meta.dirname, 'spool-writer.ts')
const newFolder = () => mkdtemp(join(tmpdir(), 'nightshift-spool-'))
const openIn = async (folder: string) => openLocalSpool(folder, await openLocalStorage(folder))

spoolConformance('a local folder', async () => {
  const folder = await newFolder()
  const storage = await openLocalStorage(folder)
  const [spool, beside] = [await openLocalSpool(folder, storage), await openIn(folder)]
  const close = async () => {
    for (const name of ['.partial', '.locks', '.forms'])
      assert.deepEqual(await readdir(join(folder, name)), [], `something was left in ${name}`)
    await rm(folder, { recursive: true })
  }
  return { spool, beside, storage, close }
})

describe('uploads in a local folder', () => {
  const made: string[] = []
  let folder: string
  beforeEach(async () => {
    folder = await newFolder()
    made.push(folder)
  })
  after(() => Promise.all(made.map(each => rm(each, { recursive: true, force: true }))))

  it('of which a power cut left only the name are forgotten, and the others are not', async () => {
    const [whole, cut] = [newUploadRecord(), newUploadRecord()]
    const before = await openIn(folder)
    for (const record of [whole, cut]) await before.open(record)
    await truncate(join(folder, 'uploads', cut.id))
    const spool = await openIn(folder)
    assert.deepEqual(await spool.list(), [whole])
    assert.deepEqual(await readdir(join(folder, 'uploads')), [whole.id])
  })

  it('are never written through a link', async () => {
    const outside = await newFolder()
    made.push(outside)
    await writeFile(join(outside, 'secret'), 'secret')
    const spool = await openIn(folder)
    await mkdir(join(folder, 'jobs', ID), { recursive: true })
    await symlink(join(outside, 'secret'), join(folder, 'jobs', ID, 'source'))
    const append = () => spool.append(ID, Readable.from(['x']), { offset: 0 })
    await assert.rejects(append(), refusal('unsafe_key'))
    await rm(join(folder, 'jobs'), { recursive: true })
    for (const name of ['jobs', 'uploads']) await symlink(outside, join(folder, name))
    await assert.rejects(append(), refusal('unsafe_key'))
    await assert.rejects(spool.open(newUploadRecord()), refusal('unsafe_key'))
    assert.equal(await readFile(join(outside, 'secret'), 'utf8'), 'secret')
    assert.deepEqual(await readdir(outside), ['secret'])
  })

  it('are free at once when the process that worked on one was killed', async () => {
    const holder = spawn(process.execPath, [WRITER, 'hold', folder, ID], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    const spool = await openIn(folder)
    assert.equal((await readdir(join(folder, '.locks'))).length, 1, 'a living holder keeps its lock')
    assert.equal(await spool.countIncoming('a'), 1)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    assert.equal(await spool.countIncoming('a'), 0, 'what a dead process took does not come')
    const lease = await spool.lock(ID)
    assert.equal((await readdir(join(folder, '.locks'))).length, 1, 'its lock was cleared away')
    lease.release()
  })

  it('lose the locks of killed processes when the folder is opened again', async () => {
    const holder = spawn(process.execPath, [WRITER, 'hold', folder, ID], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await openIn(folder)
    for (const name of ['.locks', '.forms']) assert.deepEqual(await readdir(join(folder, name)), [])
  })

  it('say storage_full on a full disk, keep what arrived, and can be deleted', {
    skip: whyNo('bwrap'),
  }, async () => {
    // A real disk of 1 MB: a tmpfs of its own in a mount namespace.
    const disk = ['--size', '1048576', '--tmpfs', folder]
    const command = [process.execPath, WRITER, 'fill', folder, ID]
    const { stdout } = await run('bwrap', ['--dev-bind', '/', '/', ...disk, '--die-with-parent', ...command])
    assert.deepEqual(JSON.parse(stdout), { append: 'storage_full', kept: true, left: 0 })
  })

  it('give back the memory of chunks that may be spent, and of no others', async () => {
    const spool = await openIn(folder)
    const whole = () => Buffer.from(new Uint8Array(1000).fill(7).buffer)
    const [spent, kept, part] = [whole(), whole(), whole().subarray(0, 500)]
    await spool.append(ID, Readable.from([spent, part]), { offset: 0, ownsChunks: true })
    await spool.append(ID, Readable.from([kept]), { offset: 1500 })
    assert.deepEqual([spent.length, part.length, kept.length], [0, 500, 1000])
    assert.deepEqual(await readFile(join(folder, 'jobs', ID, 'source')), Buffer.alloc(2500, 7))
  })
})
