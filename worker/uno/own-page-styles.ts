import { getElementNames } from './methods.ts'
import { copyPageStyle } from './page-style-copy.ts'
import type { RemoteObject } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { any } from './values.ts'
import { property, setProperties, type Walk } from './walk.ts'

/**
 * Gives each sheet that is shown a page style that no other sheet has; `styles` holds them.
 * @returns the styles' names by the numbers of the sheets, from 0
 */
export async function giveOwnPageStyles(
  workbook: RemoteObject,
  styles: RemoteObject,
  walk: Walk,
): Promise<ReadonlyMap<number, string>> {
  const names = new Set(await styles.call(getElementNames, [], walk.signal))
  const taken = new Map<number, string>()
  let before: string | undefined
  await onSheets(workbook, walk, async (sheet, number) => {
    const from = String(await property(sheet, 'PageStyle', walk))
    const continues = from === before
    before = from
    if (!(await property(sheet, 'IsVisible', walk))) return
    let name = from
    if ([...taken.values()].includes(from)) {
      while (names.has(name)) name += '+'
      await copyPageStyle(workbook, styles, { from, to: name, continues }, walk)
      await setProperties(sheet, { PageStyle: any('string', name) }, walk)
      names.add(name)
    }
    taken.set(number, name)
  })
  return taken
}
