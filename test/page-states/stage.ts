import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '#test/create-database.ts'
import { writeBigDeck } from '#test/documents/deck.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { startWeb } from '#test/web.ts'
import { busyJobs, cancelledJob, SLOTS } from './busy-jobs.ts'
import { newPerson } from './person.ts'
import { completedJobs, failedJobs, folderOfTalks, jobsWithoutFiles, lockedJobs } from './prepared-jobs.ts'
import { openRowEditor } from './row-editor.ts'

/** Megabytes that a file may have on this stage. */
const UPLOAD_LIMIT_MB = 50

/** What operators sign in with there. */
export const STAGE_ADMIN_TOKEN = 'token-of-the-stage'
export const STAGE_OPERATOR_TOKEN = 'token-that-only-looks'

/** A running Nightshift with every kind of job, and what else the states need. */
export type Stage = Awaited<ReturnType<typeof prepare>> & { close(): Promise<void> }

/** What is frozen there must not be ended for it. */
const PATIENT = { CPU_LIMIT_S: '80000', TIME_LIMIT_S: '80000', STALL_LIMIT_S: '80000' }

/** Takes about a minute: all jobs are real. */
export async function openStage(): Promise<Stage> {
  const closings: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of closings.reverse()) await end()
  }
  try {
    return { ...(await prepare(closings)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function prepare(closings: (() => Promise<unknown>)[]) {
  const database = await createDatabase({ recorded: false })
  closings.push(() => database.drop())
  const dataDir = makeDataDir()
  const env = {
    ...PATIENT,
    ADMIN_TOKEN: STAGE_ADMIN_TOKEN,
    OPERATOR_TOKEN: STAGE_OPERATOR_TOKEN,
    SLOTS: String(SLOTS),
    MAX_UPLOAD_MB: String(UPLOAD_LIMIT_MB),
  }
  const instance = await startInstance({ dataDir, env: { ...env, DATABASE_URL: database.url } })
  closings.push(async () => {
    await instance.end('SIGTERM')
    await clearAway(dataDir)
  })
  await instance.ready()
  const rows = await openRowEditor(database.url)
  closings.push(() => rows.close())
  const files = await filesIn(await mkdtemp(join(tmpdir(), 'nightshift-states-')))
  closings.push(() => rm(files.folder, { recursive: true }))
  const failing = await pagesWithoutDatabase()
  closings.push(() => failing.end())
  return {
    url: instance.url,
    failingUrl: failing.url,
    instance,
    rows,
    files,
    ...(await jobsOf(instance, rows)),
  }
}

async function jobsOf(instance: TestInstance, rows: Parameters<typeof lockedJobs>[1]) {
  const { url } = instance
  const cancelled = await cancelledJob(instance)
  const locked = await lockedJobs(url, rows)
  const withoutFiles = await jobsWithoutFiles(rows, cancelled)
  const failed = await failedJobs(url, rows)
  const talks = await folderOfTalks(url)
  const completed = await completedJobs(url, rows)
  const presets = await newPerson(url)
  const preset = { target: 'pdf', options: { pages: '1-10', quality: 70 } }
  await presets.ask('PUT', `/api/presets/${encodeURIComponent('For the board')}`, preset)
  return { locked, withoutFiles, failed, talks, completed, presets, busy: await busyJobs(instance) }
}

/** Pages whose database is away. */
async function pagesWithoutDatabase() {
  const dataDir = makeDataDir()
  const gone = await createDatabase({ recorded: false })
  const web = await startWeb({ dataDir, databaseUrl: gone.url, env: { LOG_LEVEL: 'silent' } })
  await gone.drop()
  const end = async () => {
    await web.end()
    await clearAway(dataDir)
  }
  return { url: web.url, end }
}

/** What is chosen by hand: a deck that takes a while to send, one that is too large, a folder of films. */
async function filesIn(folder: string) {
  const large = join(folder, 'Film night.pptx')
  await writeBigDeck(large, 6_000_000, { slides: 2 })
  const tooLarge = join(folder, 'All photos.pptx')
  await writeFile(tooLarge, '')
  await truncate(tooLarge, (UPLOAD_LIMIT_MB + 8) * 1_000_000)
  const films = await mkdtemp(join(folder, 'Films-'))
  await writeFile(join(films, 'Holiday.mp4'), 'a film')
  return { folder, large, tooLarge, films }
}
