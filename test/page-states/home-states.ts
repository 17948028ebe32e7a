import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { choose, fileOf, goTo, type OpenedPage, openHome, type PageState } from './page-state.ts'

/** The main page before there are files. */
export const HOME_STATES: readonly PageState[] = [
  { name: 'home', reach: openHome },
  { name: 'home-without-javascript', reach: goTo('/'), browser: { javaScriptEnabled: false } },
  { name: 'home-drag-over', reach: dragOver },
  { name: 'home-formats', reach: openFormats },
  { name: 'home-nothing-convertible', reach: chooseFilms },
  { name: 'home-connecting', reach: neverConnect },
  { name: 'options', reach: openOptions },
  { name: 'options-wrong', reach: fillWrongPages },
  { name: 'options-set', reach: setOptions },
  { name: 'preset-own', reach: choosePreset, person: ({ presets }) => presets },
  { name: 'preset-saving', reach: beginPreset, person: ({ presets }) => presets },
  { name: 'mixed-drop', reach: dropMixed },
]

/** Holds files over the page. */
async function dragOver(at: OpenedPage): Promise<void> {
  await openHome(at)
  // Browsers tell of it many times a second.
  await at.page.waitForFunction(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['deck'], 'deck.pptx'))
    const init = { dataTransfer, bubbles: true, cancelable: true }
    document.body.dispatchEvent(new DragEvent('dragover', init))
    return document.querySelector('.drop[data-over="true"]') !== null
  })
}

async function openFormats(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.locator('footer summary').click()
}

async function chooseFilms(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.locator('input[webkitdirectory]').setInputFiles(at.stage.files.films)
  await at.page.locator('.drop > p[role=status]:not(:empty)').waitFor()
}

async function neverConnect(at: OpenedPage): Promise<void> {
  await at.page.routeWebSocket(/socket\.io/, () => {})
  await at.page.route(/socket\.io/, () => {})
  await goTo('/')(at)
  await at.page.locator('[data-link="connecting"]').waitFor()
}

/** All groups of them. */
async function openOptions(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.locator('.options > summary').click()
  await at.page.locator('.options .panel').waitFor()
  for (const summary of await at.page.locator('.options .panel summary').all()) await summary.click()
}

const pagesField = ({ page, texts }: OpenedPage) =>
  page
    .locator('.option', { hasText: texts.names?.options.pages?.label ?? 'Pages' })
    .locator('input')
    .first()

async function fillWrongPages(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.locator('.options > summary').click()
  await pagesField(at).fill('0-3')
  await pagesField(at).blur()
  await at.page.locator('.field[aria-invalid="true"]').waitFor()
}

async function setOptions(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.locator('.options > summary').click()
  await pagesField(at).fill('1-3')
  await at.page.locator('.options .count').first().waitFor()
}

async function choosePreset(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.getByRole('button', { name: 'For the board', exact: true }).click()
}

async function beginPreset(at: OpenedPage): Promise<void> {
  await choosePreset(at)
  await at.page.locator('.options > summary').click()
  await at.page.locator('.keep .button').click()
  await at.page.locator('form.save').waitFor()
}

async function dropMixed(at: OpenedPage): Promise<void> {
  await openHome(at)
  await at.page.locator('.drop .target select').selectOption('odt')
  await choose(at, [
    fileOf('Opening.pptx', await deck({ slides: 1 })),
    fileOf('Minutes.docx', await letter({ pages: 1 })),
    fileOf('Agenda.docx', await letter({ pages: 1 })),
    fileOf('Budget.xlsx', await sheet()),
  ])
  await at.page.locator('.mixed').waitFor()
}
