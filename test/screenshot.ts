/**
 * Makes the pictures of the README from a running Nightshift: `node test/screenshot.ts http://127.0.0.1:3000`.
 * Everything on them is real; the files are made here and converted while the picture is taken.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { textNamedPptx } from './documents/broken.ts'
import { deck } from './documents/deck.ts'
import { letter } from './documents/letter.ts'
import { sheet } from './documents/sheet.ts'

const PICTURES = new URL('../docs/', import.meta.url).pathname

/** In this order they are converted, so the picture shows ends above, work in the middle and waiting below. */
async function documents(): Promise<Record<string, Buffer>> {
  return {
    'Minutes 2026-11-20.docx': await letter({ pages: 3, title: 'Minutes' }),
    'Quarterly review 2026.pptx': await deck({ slides: 40, title: 'Quarterly review' }),
    'Notes for Monday.pptx': textNamedPptx(),
    'Onboarding.pptx': await deck({ slides: 60, title: 'Onboarding', pictures: 20 }),
    'Budget 2027.xlsx': await sheet({ rows: 400, title: 'Budget' }),
    'Contract, final (3).docx': await letter({ pages: 12, title: 'Contract' }),
    'Brand guide.pptx': await deck({ slides: 25, title: 'Brand guide' }),
  }
}

async function drop(page: Page, folder: string): Promise<void> {
  const made = Object.entries(await documents())
  for (const [name, bytes] of made) await writeFile(join(folder, name), bytes)
  await page.setInputFiles(
    'input[type=file]',
    made.map(([name]) => join(folder, name)),
  )
  await page.waitForFunction(() => {
    const count = (state: string) => document.querySelectorAll(`[data-state=${state}]`).length
    return count('completed') >= 2 && count('running') >= 1 && count('queued') >= 1 && count('refused') >= 1
  })
}

async function take(address: string, folder: string): Promise<void> {
  const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking']
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 }, deviceScaleFactor: 2 })
    await page.goto(address)
    await page.getByText('Live', { exact: true }).waitFor()
    await drop(page, folder)
    for (const [colorScheme, name] of [
      ['light', 'screenshot'],
      ['dark', 'screenshot-dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true })
    }
  } finally {
    await browser.close()
  }
}

const folder = await mkdtemp(join(tmpdir(), 'nightshift-screenshot-'))
try {
  await mkdir(PICTURES, { recursive: true })
  await take(process.argv[2] ?? 'http://127.0.0.1:3000', folder)
} finally {
  await rm(folder, { recursive: true })
}
