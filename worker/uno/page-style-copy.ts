import { createInstance, getByName, insertByName, XINTERFACE } from './methods.ts'
import { getPropertiesAtOnce, setPropertiesAtOnce, type UnoSession, withObject } from './remote-access.ts'
import { RemoteObject, referenceIn } from './remote-object.ts'
import { any, type UnoAny } from './values.ts'

const SIDES = ['Left', 'Right', 'Top', 'Bottom']
const HEADS = ['Header', 'Footer']
const CONTENTS = ['Left', 'Right', 'First'].flatMap(which => HEADS.map(head => `${which}Page${head}Content`))

/** All properties of a spreadsheet's page style, each by one of its names. The page itself is not included. */
const PROPERTIES = [
  ...['Width', 'Height', 'IsLandscape', 'PageStyleLayout', 'WritingMode', 'NumberingType', 'FirstPageNumber'],
  ...[
    'CenterHorizontally',
    'CenterVertically',
    'PageScale',
    'ScaleToPages',
    'ScaleToPagesX',
    'ScaleToPagesY',
  ],
  ...[
    'Annotations',
    'Charts',
    'Drawing',
    'Objects',
    'Formulas',
    'Grid',
    'Headers',
    'ZeroValues',
    'DownFirst',
  ].map(what => `Print${what}`),
  ...SIDES.map(side => `${side}Margin`),
  ...HEADS.flatMap(head => [
    ...['IsOn', 'IsShared', 'IsDynamicHeight', 'Height', 'BodyDistance', 'LeftMargin', 'RightMargin'].map(
      what => `${head}${what}`,
    ),
    `FirstPage${head}IsShared`,
  ]),
  ...['', ...HEADS].flatMap(part => [
    ...SIDES.flatMap(side => [`${part}${side}Border`, `${part}${side}BorderDistance`]),
    ...['ShadowFormat', 'BackColor', 'BackTransparent', 'BackGraphic', 'BackGraphicLocation'].map(
      what => `${part}${what}`,
    ),
  ]),
  ...CONTENTS,
]

export interface StyleCopy {
  /** The workbook's page styles. */
  styles: RemoteObject
  from: string
  to: string
  /** Page numbers continue from the sheet before, as within one style. */
  continues: boolean
}

/** Adds a copy of a spreadsheet's page style. */
export async function copyPageStyle(
  workbook: RemoteObject,
  { styles, from, to, continues }: StyleCopy,
  session: UnoSession,
): Promise<void> {
  const { bridge, signal } = session
  const values = await withObject(session, referenceIn(await styles.call(getByName, [from], signal)), style =>
    getPropertiesAtOnce(style, PROPERTIES, session),
  )
  const known = PROPERTIES.flatMap((name, index): [string, UnoAny][] => {
    const value = values?.[index]
    return value === undefined || value.type === 'void' ? [] : [[name, value]]
  })
  const created = await workbook.call(createInstance, ['com.sun.star.style.PageStyle'], signal)
  await withObject(session, created, async style => {
    await styles.call(insertByName, [to, { type: XINTERFACE, value: created }], signal)
    await setPropertiesAtOnce(style, Object.fromEntries(known), session)
    if (continues) await setPropertiesAtOnce(style, { FirstPageNumber: any('short', 0) }, session)
    return null
  })
  for (const [, value] of known) {
    const held = referenceIn(value)
    if (held) new RemoteObject(bridge, held).release()
  }
}
