/**
 * The weight of the page, measured in Chromium: the JavaScript of its first load (gzip) against that of an empty page of
 * the same Next, and its largest paint against that of the same page as static HTML. They take turns in one run, each
 * load with an empty cache. Option: `--rounds`.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '#test/browser.ts'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'

/** The most that the page may have of the empty page's JavaScript, and of the static page's time. */
const MOST_SCRIPT = 1.25
const MOST_LCP = 1.3
const MOST_CLS = 0
const NEXT = 'node_modules/next/dist/bin/next'
const EMPTY_PAGE = {
  'app/layout.js':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }',
  'app/page.js': 'export default function Page() { return <p>Empty</p> }',
}

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
const root = dirname(dirname(import.meta.dirname))
const instance = await startInstance({ dataDir: makeDataDir(), recorded: false })
const browser = await openBrowser()
const empty = await startEmptyPage(join(root, '.next-empty-page'))
try {
  await instance.ready()
  await measure()
} finally {
  await empty.close()
  await browser.close()
  await instance.end('SIGTERM')
  await clearAway(instance.dataDir)
}
process.exit()

async function measure(): Promise<void> {
  const still = await serveStatic(instance.url)
  const ours: Load[] = []
  const theirs: Load[] = []
  const nextAlone = await scriptBytesOf(empty.url)
  const script = await scriptBytesOf(instance.url)
  for (let round = 0; round <= Number(flags.rounds); round++) {
    const loads = [await load(browser, instance.url), await load(browser, still.url)] as const
    // The first round warms up and does not count.
    if (round > 0) for (const [index, list] of [ours, theirs].entries()) list.push(loads[index] as Load)
  }
  await still.close()
  const [lcp, stillLcp] = [ours, theirs].map(loads => median(loads.map(({ lcpMs }) => lcpMs)))
  const shift = Math.max(...ours.map(({ shift }) => shift))
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  console.log(`scripts of an empty page   ${kb(nextAlone)}`)
  console.log(`scripts of our page        ${kb(script)}`)
  tell('JavaScript of the first load', script / nextAlone, MOST_SCRIPT)
  console.log(`largest paint, static HTML ${stillLcp?.toFixed(0)} ms`)
  console.log(`largest paint, our page    ${lcp?.toFixed(0)} ms`)
  tell('largest contentful paint', (lcp ?? Number.NaN) / (stillLcp ?? Number.NaN), MOST_LCP)
  tell('layout shift', shift, MOST_CLS)
}

function tell(what: string, ratio: number, most: number): void {
  const isReached = ratio <= most
  console.log(`${what}: ${ratio.toFixed(2)} (at most ${most})${isReached ? '' : ', NOT reached'}`)
  if (!isReached) process.exitCode = 1
}

/** What the first load of a page brings of JavaScript, compressed. */
async function scriptBytesOf(url: string): Promise<number> {
  const page = await browser.newPage()
  const scripts: Promise<Buffer>[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const bodies = await Promise.all(scripts)
  await page.close()
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
}

interface Load {
  lcpMs: number
  shift: number
}

/** Reads no script: that would take the processor's time from the paint. */
async function load(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  const painted = await paintsOf(page)
  await context.close()
  return painted
}

function paintsOf(page: Page): Promise<Load> {
  return page.evaluate(async () => {
    const entries = (type: string) =>
      new Promise<PerformanceEntry[]>(resolve => {
        new PerformanceObserver(list => resolve(list.getEntries())).observe({ type, buffered: true })
        setTimeout(() => resolve([]), 300)
      })
    const paints = await entries('largest-contentful-paint')
    const shifts = (await entries('layout-shift')) as (PerformanceEntry & { value: number })[]
    const shift = shifts.reduce((sum, { value }) => sum + value, 0)
    return { lcpMs: paints.at(-1)?.startTime ?? Number.NaN, shift }
  })
}

/** An empty page, built and served by the Next of this project. */
async function startEmptyPage(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  for (const [path, text] of Object.entries(EMPTY_PAGE)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const next = join(root, NEXT)
  await promisify(execFile)(process.execPath, [next, 'build', folder], { cwd: root })
  const server = spawn(process.execPath, [next, 'start', folder, '--port', '0'], {
    ...{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  })
  let said = ''
  server.stdout?.on('data', text => {
    said += text
  })
  const url = await until('the empty page is served', () => said.match(/http:\/\/localhost:\d+/)?.[0])
  const close = async () => {
    server.kill()
    await once(server, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
  return { url, close }
}

/** Our page without scripts, as it comes from the server; its other files come from there. */
async function serveStatic(url: string): Promise<{ url: string; close(): Promise<void> }> {
  const html = (await (await fetch(url)).text())
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link rel="(preload|modulepreload)" as="script"[^>]*>/g, '')
  const server = createServer(async (request, response) => {
    const isPage = request.url === '/'
    const file = await fetch(url + request.url)
    response.setHeader('content-type', file.headers.get('content-type') ?? '')
    response.end(isPage ? html : Buffer.from(await file.arrayBuffer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
