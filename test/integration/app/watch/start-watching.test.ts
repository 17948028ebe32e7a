import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { appendFileSync, closeSync, existsSync, openSync, readdirSync, symlinkSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, before, beforeEach, describe, it } from 'node:test'
import { startWatching, type WatchContext } from '#app/watch/start-watching.ts'
import { openFiles } from '#lib/backend/files.ts'
import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { readConfig } from '#lib/config.ts'
import type { Consumer, Jobs } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { SECRET, workWith } from '#test/test-server.ts'
import { until } from '#test/until.ts'

const PDF = Buffer.from('%PDF-1.4 the result')
const LOOK_MS = 15

describe('watched folders', () => {
  let root: string
  let jobs: Jobs
  let context: WatchContext
  let working: Consumer
  let watching: ReturnType<typeof startWatching> | undefined
  let pptx: Buffer

  before(async () => {
    pptx = await deck({ slides: 1 })
  })
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'nightshift-watch-'))
    const log = openLog('test', { level: 'silent' })
    const config = readConfig({ DATA_DIR: join(root, '.data') })
    jobs = openMemoryJobs({ queueLimit: 100, ownerLimit: 100, historyMs: 1e9 })
    const { storage } = await openFiles(config, log)
    context = { jobs, storage, config, secret: SECRET, log }
    working = await workWith(jobs, storage, PDF)
    await mkdir(join(root, 'pdf', 'in'), { recursive: true })
  })
  afterEach(async () => {
    await watching?.stop()
    await working.stop(0)
    await jobs.close()
    await rm(root, { recursive: true })
  })

  const start = () => {
    watching = startWatching(root, context, LOOK_MS)
  }
  const put = (name: string, bytes: Buffer, folder = 'pdf') =>
    writeFile(join(root, folder, 'in', name), bytes)
  const visible = (...path: string[]) => {
    const folder = join(root, ...path)
    return existsSync(folder)
      ? readdirSync(folder)
          .filter(name => !name.startsWith('.'))
          .sort()
      : []
  }
  const count = async () => (await jobs.list({ owner: 'watched-folders', limit: 100 })).items.length
  const delivered = (name: string) => until(`${name} in out`, () => visible('pdf', 'done').includes(name))
  const refused = (name: string, folder = 'pdf') =>
    until(`${name} in failed`, async () => {
      if (!visible(folder, 'failed').includes(name)) return undefined
      return readFile(join(root, folder, 'failed', `${name}.txt`), 'utf8')
    })
  /** Long enough for whatever would be wrong to happen: another file has gone all the way meanwhile. */
  const afterAnotherFile = async () => {
    const name = `${randomUUID()}.pptx`
    await put(name, pptx)
    await delivered(name)
  }

  it('converts what is put into a folder, with a report, and keeps the original', async () => {
    start()
    await put('deck.pptx', pptx)
    await delivered('deck.pptx')
    assert.deepEqual(visible('pdf', 'out'), ['deck.pdf', 'deck.pdf.report.json'])
    assert.deepEqual(await readFile(join(root, 'pdf', 'out', 'deck.pdf')), PDF)
    assert.deepEqual(await readFile(join(root, 'pdf', 'done', 'deck.pptx')), pptx)
    assert.deepEqual([visible('pdf', 'in'), visible('pdf', '.nightshift')], [[], []])
  })

  it('overwrites no result of another file with the same name', async () => {
    start()
    await put('deck.pptx', pptx)
    await delivered('deck.pptx')
    await writeFile(join(root, 'pdf', 'out', 'deck.pdf'), 'another one')
    await put('deck.pptx', pptx)
    await until('the second result', () => visible('pdf', 'out').includes('deck (2).pdf'))
    assert.equal(await readFile(join(root, 'pdf', 'out', 'deck.pdf'), 'utf8'), 'another one')
    await delivered('deck (2).pptx')
  })

  it('takes no file that is open for writing', {
    skip: process.platform !== 'linux' && 'asks /proc',
  }, async () => {
    const path = join(root, 'pdf', 'in', 'open.pptx')
    const file = openSync(path, 'w')
    appendFileSync(file, pptx)
    start()
    await afterAnotherFile()
    assert.deepEqual(visible('pdf', 'in'), ['open.pptx'])
    closeSync(file)
    await delivered('open.pptx')
  })

  it('leaves hidden and temporary files, folders and links alone', async () => {
    const names = ['.hidden.pptx', '~$deck.pptx', '.~lock.deck.pptx#', 'deck.pptx.part', 'deck.crdownload']
    for (const name of names) await put(name, pptx)
    await mkdir(join(root, 'pdf', 'in', 'folder.pptx'))
    await writeFile(join(root, 'outside.pptx'), pptx)
    symlinkSync(join(root, 'outside.pptx'), join(root, 'pdf', 'in', 'link.pptx'))
    start()
    await afterAnotherFile()
    assert.deepEqual(
      readdirSync(join(root, 'pdf', 'in')).sort(),
      [...names, 'folder.pptx', 'link.pptx'].sort(),
    )
    assert.equal(await count(), 1)
  })

  it('follows no link to a folder', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'nightshift-elsewhere-'))
    await mkdir(join(elsewhere, 'in'))
    await writeFile(join(elsewhere, 'in', 'deck.pptx'), pptx)
    symlinkSync(elsewhere, join(root, 'docx'))
    start()
    await afterAnotherFile()
    assert.deepEqual(readdirSync(elsewhere), ['in'])
    await rm(elsewhere, { recursive: true })
  })

  it('puts what cannot be converted into failed, with a text that says why', async () => {
    start()
    await put('text.pptx', textNamedPptx())
    assert.match(await refused('text.pptx'), /^This is not .+\n.+\n$/)
    assert.deepEqual(visible('pdf', 'in'), [])
  })

  it('puts a locked file into failed, because nobody can enter its password', async () => {
    start()
    await put('locked.pptx', await lockedDeck())
    assert.match(await refused('locked.pptx'), /locked with a password/)
  })

  it('takes its settings from nightshift.json, and says where they are wrong', async () => {
    await mkdir(join(root, 'letters', 'in'), { recursive: true })
    await mkdir(join(root, 'slides', 'in'), { recursive: true })
    await writeFile(join(root, 'slides', 'nightshift.json'), '{"target":"pdf","options":{"pages":"1"}}')
    start()
    await put('deck.pptx', pptx, 'letters')
    assert.match(await refused('deck.pptx', 'letters'), /folder “letters” has no nightshift\.json/)
    await put('deck.pptx', pptx, 'slides')
    await until('the result', () => visible('slides', 'done').includes('deck.pptx'))
    const [job] = (await jobs.list({ owner: 'watched-folders', limit: 1 })).items
    assert.deepEqual([job?.target, job?.options.pages], ['pdf', '1'])
  })

  it('goes on with what an earlier process took, and converts nothing twice', async () => {
    const id = randomUUID()
    await mkdir(join(root, 'pdf', '.nightshift', id), { recursive: true })
    await writeFile(join(root, 'pdf', '.nightshift', id, 'taken.pptx'), pptx)
    start()
    await delivered('taken.pptx')
    assert.equal((await jobs.get(id))?.state, 'completed')
    // As if the process had died when the result was in its place and the original was not.
    await watching?.stop()
    await mkdir(join(root, 'pdf', '.nightshift', id), { recursive: true })
    await writeFile(join(root, 'pdf', '.nightshift', id, 'taken.pptx'), pptx)
    start()
    await delivered('taken (2).pptx')
    assert.deepEqual(visible('pdf', 'out'), ['deck.pdf', 'deck.pdf.report.json'])
    assert.equal(await count(), 1)
  })
})
