/** A member of a struct or exception: its name and the name of its type. */
export type CompoundMember = readonly [name: string, type: string]

/** Every UNO exception begins with these two. */
export const EXCEPTION_MEMBERS: readonly CompoundMember[] = [
  ['Message', 'string'],
  ['Context', 'com.sun.star.uno.XInterface'],
]
const WITH_TARGET: readonly CompoundMember[] = [...EXCEPTION_MEMBERS, ['TargetException', 'any']]
const BORDER_LINE: readonly CompoundMember[] = [
  ['Color', 'long'],
  ['InnerLineWidth', 'short'],
  ['OuterLineWidth', 'short'],
  ['LineDistance', 'short'],
]

/** The structs and exceptions that this client reads and writes completely, members in wire order. */
export const COMPOUNDS: ReadonlyMap<string, readonly CompoundMember[]> = new Map<
  string,
  readonly CompoundMember[]
>([
  [
    'com.sun.star.table.CellRangeAddress',
    [
      ['Sheet', 'short'],
      ['StartColumn', 'long'],
      ['StartRow', 'long'],
      ['EndColumn', 'long'],
      ['EndRow', 'long'],
    ],
  ],
  [
    'com.sun.star.util.DateTime',
    [
      ['NanoSeconds', 'unsigned long'],
      ['Seconds', 'unsigned short'],
      ['Minutes', 'unsigned short'],
      ['Hours', 'unsigned short'],
      ['Day', 'unsigned short'],
      ['Month', 'unsigned short'],
      ['Year', 'short'],
      ['IsUTC', 'boolean'],
    ],
  ],
  [
    'com.sun.star.lang.Locale',
    [
      ['Language', 'string'],
      ['Country', 'string'],
      ['Variant', 'string'],
    ],
  ],
  [
    'com.sun.star.beans.PropertyValue',
    [
      ['Name', 'string'],
      ['Handle', 'long'],
      ['Value', 'any'],
      ['State', 'com.sun.star.beans.PropertyState'],
    ],
  ],
  [
    'com.sun.star.awt.Point',
    [
      ['X', 'long'],
      ['Y', 'long'],
    ],
  ],
  [
    'com.sun.star.awt.Size',
    [
      ['Width', 'long'],
      ['Height', 'long'],
    ],
  ],
  ['com.sun.star.table.BorderLine', BORDER_LINE],
  [
    'com.sun.star.table.BorderLine2',
    [...BORDER_LINE, ['LineStyle', 'short'], ['LineWidth', 'unsigned long']],
  ],
  [
    'com.sun.star.table.ShadowFormat',
    [
      ['Location', 'com.sun.star.table.ShadowLocation'],
      ['ShadowWidth', 'short'],
      ['IsTransparent', 'boolean'],
      ['Color', 'long'],
    ],
  ],
  [
    'com.sun.star.drawing.HomogenMatrix3',
    [
      ['Line1', 'com.sun.star.drawing.HomogenMatrixLine3'],
      ['Line2', 'com.sun.star.drawing.HomogenMatrixLine3'],
      ['Line3', 'com.sun.star.drawing.HomogenMatrixLine3'],
    ],
  ],
  [
    'com.sun.star.drawing.HomogenMatrixLine3',
    [
      ['Column1', 'double'],
      ['Column2', 'double'],
      ['Column3', 'double'],
    ],
  ],
  [
    'com.sun.star.document.DocumentEvent',
    [
      ['Source', 'com.sun.star.uno.XInterface'],
      ['EventName', 'string'],
      ['ViewController', 'com.sun.star.frame.XController2'],
      ['Supplement', 'any'],
    ],
  ],
  ['com.sun.star.lang.EventObject', [['Source', 'com.sun.star.uno.XInterface']]],
  [
    'com.sun.star.frame.DispatchResultEvent',
    [
      ['Source', 'com.sun.star.uno.XInterface'],
      ['State', 'short'],
      ['Result', 'any'],
    ],
  ],
  ['com.sun.star.uno.Exception', EXCEPTION_MEMBERS],
  ['com.sun.star.uno.RuntimeException', EXCEPTION_MEMBERS],
  ['com.sun.star.lang.DisposedException', EXCEPTION_MEMBERS],
  ['com.sun.star.io.IOException', EXCEPTION_MEMBERS],
  ['com.sun.star.lang.IllegalArgumentException', [...EXCEPTION_MEMBERS, ['ArgumentPosition', 'short']]],
  ['com.sun.star.task.ErrorCodeIOException', [...EXCEPTION_MEMBERS, ['ErrCode', 'long']]],
  ['com.sun.star.lang.WrappedTargetException', WITH_TARGET],
  ['com.sun.star.lang.WrappedTargetRuntimeException', WITH_TARGET],
])

export const ENUMS: ReadonlySet<string> = new Set([
  'com.sun.star.beans.PropertyState',
  'com.sun.star.style.GraphicLocation',
  'com.sun.star.style.PageStyleLayout',
  'com.sun.star.table.ShadowLocation',
])
