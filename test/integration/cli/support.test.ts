import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { openBackend } from '#lib/backend.ts'
import { environmentWith, readConfig } from '#lib/config.ts'
import { sourceKey } from '#lib/jobs.ts'
import { logOfAttempt } from '#lib/log/job-log.ts'
import { openLog } from '#lib/log.ts'
import { createDatabase } from '#test/create-database.ts'
import { unpacked } from '#test/unpacked.ts'

const COMMANDS = join(import.meta.dirname, '../../../cli/commands.ts')
/** What must not be in a bundle, each planted where it may get into one. */
const MARKS = {
  fileName: 'Zimtstern-Gehaltsliste',
  owner: 'owner-Zimtstern-4711',
  document: 'Zimtstern the text of the document',
  secret: 'Zimtstern'.repeat(4),
  adminToken: 'admin-Zimtstern-token',
  operatorToken: 'operator-Zimtstern-token',
  databasePassword: 'Zimtstern-database',
}

describe('nightshift support', () => {
  let dataDir: string
  let files: Map<string, string>
  let output: string
  let database: Awaited<ReturnType<typeof createDatabase>>

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'nightshift-support-'))
    chmodSync(dataDir, 0o711)
    database = await createDatabase()
    const url = new URL(database.url)
    url.searchParams.set('application_name', MARKS.databasePassword)
    const environment = {
      ...{
        DATA_DIR: dataDir,
        DATABASE_URL: url.href,
        LOG_LEVEL: 'debug',
        LOG_FORMAT: 'json',
        SECRET: MARKS.secret,
      },
      ...{ ADMIN_TOKEN: MARKS.adminToken, OPERATOR_TOKEN: MARKS.operatorToken, SLOTS: '3' },
    }
    await leaveTraces(environment)
    const to = join(dataDir, 'out')
    mkdirSync(to)
    output = await run(['support', '--to', to], { ...environment, LOG_LEVEL: 'info' })
    const [name = ''] = readdirSync(to)
    const entries = await unpacked(await readFile(join(to, name)))
    files = new Map([...entries].map(([file, content]) => [file, content.toString()]))
  })
  after(async () => {
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('says where it is and what it holds', () => {
    assert.match(output, /✓ .+\/out\/nightshift-support-[\d-]+T[\d-]+\.zip\n/)
    for (const name of files.keys()) assert.ok(output.includes(name), name)
  })

  it('holds versions, settings, checks, statistics and logs', () => {
    assert.deepEqual([...files.keys()].sort(), [
      'checks.json',
      'logs/web.log',
      'settings.json',
      'statistics.json',
      'versions.json',
    ])
    const settings: { name: string; value: string }[] = JSON.parse(files.get('settings.json') ?? '')
    const settingOf = (name: string) => settings.find(setting => setting.name === name)?.value
    assert.deepEqual([settingOf('SLOTS'), settingOf('SECRET')], ['3', null])
    assert.equal(JSON.parse(files.get('statistics.json') ?? '').jobs.queued, 1)
    assert.match(files.get('logs/web.log') ?? '', /attempt failed/)
  })

  it('holds no document, no name, no owner and no secret', () => {
    for (const [file, content] of files)
      for (const [name, mark] of Object.entries(MARKS))
        assert.ok(!content.includes(mark), `${name} in ${file}`)
    assert.ok(![...files.values()].some(content => content.includes('Zimtstern')))
  })
})

/** A job with a document, and a log of details that names it. */
async function leaveTraces(environment: Record<string, string>): Promise<void> {
  const config = readConfig(environmentWith(environment))
  const backend = await openBackend(config, openLog('test', { level: 'silent' }))
  const id = randomUUID()
  const stored = await backend.storage.write(sourceKey(id), Readable.from([MARKS.document]))
  const { job } = await backend.jobs.create({
    ...{ id, batchId: randomUUID(), owner: MARKS.owner, fileName: `${MARKS.fileName}.txt` },
    ...{ source: { format: 'txt', ...stored }, target: 'pdf', options: {}, maxAttempts: 3 },
    expiresAt: new Date(Date.now() + 1e7),
  })
  await backend.close()
  const log = openLog('web', { level: 'debug', format: 'json' }, config.logFiles)
  log.debug({ name: MARKS.fileName }, `a detail of ${MARKS.fileName}`)
  logOfAttempt(log, job).warn({ err: new Error(`cannot open ${MARKS.fileName}.txt`) }, 'attempt failed')
}

async function run(args: string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [COMMANDS, ...args], {
    env: environmentWith(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return output
}
