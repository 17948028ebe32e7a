import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { AppError } from '#lib/errors.ts'
import { gluttons, type Prey, thieves } from '#test/documents/hostile.ts'
import { pageText } from '#test/pdf.ts'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'
import { secretDocument } from '#worker/probe/documents.ts'
import { type Bench, convert, openBench } from './bench.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

const NEXT = { bytes: 'next\n', format: 'txt' }

/** What a document could get at, and whether it did. */
async function openPrey(folder: string) {
  const secret = `secret${randomBytes(8).toString('hex')}`
  const secretPath = join(folder, 'secret.fodt')
  const written = join(folder, 'written')
  await writeFile(secretPath, secretDocument(secret), { mode: 0o644 })
  let calls = 0
  const server: Server = createServer(socket => {
    calls++
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const prey: Prey = {
    file: pathToFileURL(secretPath).href,
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    written,
  }
  const isWritten = () =>
    access(written).then(
      () => true,
      () => false,
    )
  /** What a conversion got out of it: nothing, one hopes. */
  const stolen = async (pdf: Buffer | undefined) => {
    const text = pdf ? await pageText(pdf) : ''
    const loot = [
      ...(text.includes(secret) ? ['read the file'] : []),
      ...(calls > 0 ? ['called the server'] : []),
      ...((await isWritten()) ? ['wrote a file'] : []),
    ]
    calls = 0
    await rm(written, { force: true })
    return loot
  }
  return { prey, stolen, close: () => server.close() }
}

/** The result, or nothing where the document was refused in a way that a person can understand. */
async function converted(
  bench: Bench,
  source: { bytes: Buffer | string; format: string },
): Promise<Buffer | undefined> {
  return convert(bench, source).then(
    ({ pdf }) => pdf,
    (error: unknown) => {
      assert.ok(error instanceof AppError)
      assert.ok(['conversion_failed', 'bad_result'].includes(error.code), error.message)
      return undefined
    },
  )
}

/** The same document in a LibreOffice as anybody starts it, to see that it does bite. */
async function convertUnjailed(
  { office, directory }: Soffice,
  { format, bytes }: { format: string; bytes: Buffer | string },
): Promise<Buffer | undefined> {
  const [source, result] = [join(directory, `source.${format}`), join(directory, 'result.pdf')]
  await writeFile(source, bytes)
  const document = await office.load(source, { filter: importFilter(format) })
  if (!document) return undefined
  const filter = exportFilter(await document.kind(), 'pdf') ?? ''
  await document.store(result, filter)
  await document.close()
  return readFile(result)
}

describe('a hostile document in the warm engine', () => {
  let bench: Bench
  let hunting: Awaited<ReturnType<typeof openPrey>>
  before(async () => {
    bench = await openBench('bwrap')
    await bench.engine.start()
    hunting = await openPrey(bench.workshop)
  })
  after(async () => {
    hunting.close()
    await bench.close()
  })

  it('gets at nothing, whatever its kind, and does no harm to the next one', async () => {
    for (const { does, format, bytes } of await thieves(hunting.prey)) {
      const before = (await readdir(bench.workshop)).sort()
      const pdf = await converted(bench, { bytes, format })
      assert.deepEqual(await hunting.stolen(pdf), [], `a document that ${does}`)
      assert.deepEqual((await readdir(bench.workshop)).sort(), before)
      assert.match(await pageText((await convert(bench, NEXT)).pdf), /next/)
    }
  })

  it('gets at files and calls servers where there is neither sandbox nor hardened profile', async () => {
    const soffice = await startSoffice()
    const hunt = await openPrey(soffice.directory)
    const loot = new Set<string>()
    for (const { format, bytes } of await thieves(hunt.prey)) {
      const pdf = await convertUnjailed(soffice, { format, bytes })
      for (const item of await hunt.stolen(pdf)) loot.add(item)
    }
    hunt.close()
    await soffice.stop()
    assert.ok(loot.has('read the file') && loot.has('called the server'), [...loot].join(', '))
  })

  it('that is the secret itself under another name is not opened as what it is', async () => {
    const bytes = await readFile(new URL(hunting.prey.file))
    await assert.rejects(convert(bench, { bytes, format: 'odp' }), { code: 'conversion_failed' })
  })
})

describe('a document that takes all it can', () => {
  for (const { does, format, bytes } of gluttons())
    it(`and ${does} is stopped at its limit, and the slot is back within a second`, async () => {
      const bench = await openBench('bwrap', { timeLimitMs: 4000, memoryLimitBytes: 1e9 })
      await bench.engine.start()
      const begun = performance.now()
      const limits = ['time_limit', 'out_of_memory', 'result_too_large']
      await assert.rejects(convert(bench, { bytes, format }), (error: AppError) =>
        limits.includes(error.code),
      )
      assert.ok(performance.now() - begun < 5000)
      assert.equal((await convert(bench, NEXT)).pages, 1)
      await bench.close()
    })
})
