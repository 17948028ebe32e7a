/**
 * Debian's Prometheus scrapes a running instance: promtool finds nothing wrong with its metrics and with the alert rules,
 * the rules fire when they should, and each panel of the dashboard has an answer.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { runProgram } from '#cli/start/programs.ts'
import { creatorOf, jobStatusOf, reachState, sendBytes } from '#test/client.ts'
import { textNamedPptx } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { stopOfficesOf } from '#test/offices.ts'
import { prometheusPrograms } from '#test/prometheus/unpacked-prometheus.ts'
import { Prometheus } from '#test/prometheus.ts'
import { send } from '#test/test-server.ts'
import { until } from '#test/until.ts'
import { startWebAndWorker, type WebAndWorker } from '#test/web-and-worker.ts'

const DEPLOY = join(import.meta.dirname, '../../deploy/prometheus')
const RULES = join(DEPLOY, 'nightshift.rules.yml')
const OPERATOR_TOKEN = 'may-look-but-not-act'
const ADMIN_TOKEN = 'may-look-and-act'

interface Panel {
  title: string
  targets?: { expr: string }[]
}

const { promtool } = await prometheusPrograms()
await checkRules()
const pair = await startWebAndWorker({ OPERATOR_TOKEN, ADMIN_TOKEN }, { recorded: false })
const prometheus = await Prometheus.open({ target: pair.url, token: OPERATOR_TOKEN, rules: RULES })
try {
  await until('it is scraped', async () => (await prometheus.query('up == 1')).length === 1)
  await work(pair)
  await checkScrape(pair.url)
  await until('what the worker counted is scraped', async () => {
    const [retries] = await prometheus.query('sum(nightshift_job_retries_total)')
    return Number(retries?.value[1]) === 1
  })
  await checkPanels()
  await checkAlerts()
} finally {
  await prometheus.close()
  await pair.end()
}

async function checkRules(): Promise<void> {
  await runProgram(promtool, ['check', 'rules', RULES])
  await runProgram(promtool, ['check', 'config', '--syntax-only', join(DEPLOY, 'prometheus.yml')])
  const folder = mkdtempSync(join(tmpdir(), 'rules-'))
  try {
    const replay = readFileSync(join(import.meta.dirname, 'metrics/rules-test.yml'), 'utf8')
    const file = join(folder, 'rules-test.yml')
    writeFileSync(file, replay.replace('[RULES]', JSON.stringify([RULES])))
    await runProgram(promtool, ['test', 'rules', file])
  } finally {
    rmSync(folder, { recursive: true })
  }
  console.log('  ✓ each alert fires when it should, and only then')
}

/** A self-check, and everything that is counted: a file is refused, one fails, one is cancelled, one repeated, one heard of by a browser. */
async function work({ url, worker }: WebAndWorker): Promise<void> {
  await fetch(`${url}/admin/schedules/run`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${ADMIN_TOKEN}` } },
    body: new URLSearchParams({ schedule: 'self-check' }),
  })
  const small = await deck({ slides: 2 })
  await send(url, { name: 'text.pptx', bytes: textNamedPptx() })
  const failing = await send(
    url,
    { name: 'deck.pptx', bytes: small },
    { fields: { options: '{"pages":"9"}' } },
  )
  await reachState(url, (await failing.json()).id, 'failed')
  const offices = await stopOfficesOf(() => worker.pid, 1)
  const repeated = await sendBytes(url, 'deck.pptx', small)
  const socket = io(url, { transports: ['websocket'] })
  await socket.emitWithAck('subscribe', { jobIds: [repeated.id] })
  const cancelled = await sendBytes(url, 'deck.pptx', small)
  await fetch(`${url}/api/jobs/${cancelled.id}`, { method: 'DELETE', headers: creatorOf(cancelled) })
  await until('it is loaded', async () => (await jobStatusOf(url, repeated.id)).progress?.phase === 'loading')
  for (const pid of offices) process.kill(pid, 'SIGKILL')
  await reachState(url, repeated.id, 'completed')
  socket.close()
}

async function checkScrape(url: string): Promise<void> {
  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` }
  const text = await (await fetch(`${url}/metrics`, { headers })).text()
  await runProgram(promtool, ['check', 'metrics'], { input: text })
  console.log('  ✓ promtool has nothing to say about a scrape')
}

async function checkPanels(): Promise<void> {
  const { panels } = JSON.parse(readFileSync(join(DEPLOY, 'grafana-dashboard.json'), 'utf8')) as {
    panels: Panel[]
  }
  const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })))
  assert.ok(queries.length > 20)
  for (const { title, expr } of queries) {
    const expression = expr.replaceAll('$job', 'nightshift').replaceAll('$__rate_interval', '1m')
    // A rate needs two scrapes.
    await until(`an answer for “${title}”: ${expression}`, async () => {
      return (await prometheus.query(expression)).length > 0
    })
  }
  console.log(`  ✓ the ${queries.length} queries of the dashboard have answers`)
}

async function checkAlerts(): Promise<void> {
  const rules = await until('all rules are evaluated', async () => {
    const all = await prometheus.rules()
    return all.length > 0 && all.every(({ health }) => health !== 'unknown') && all
  })
  for (const { name, health, lastError } of rules) assert.equal(health, 'ok', `${name}: ${lastError}`)
  assert.deepEqual(
    rules.filter(({ state }) => state === 'firing').map(({ name }) => name),
    [],
  )
  const [seconds] = await prometheus.query('quantile_over_time(0.5, scrape_duration_seconds[1m])')
  const [samples] = await prometheus.query('scrape_samples_scraped')
  const ms = (Number(seconds?.value[1]) * 1000).toFixed(1)
  console.log(
    `  ✓ ${rules.length} rules are evaluated; half of the scrapes took at most ${ms} ms for ${samples?.value[1]} samples`,
  )
}
