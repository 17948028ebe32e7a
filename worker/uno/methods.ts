import { knownType, type UnoType } from './types.ts'
import type { ValueOf } from './values.ts'

/** A method of a UNO interface on the wire: its number and its types. */
export interface Method<
  Arguments extends readonly string[] = readonly string[],
  Returns extends string = string,
> {
  readonly interfaceName: string
  readonly functionId: number
  readonly arguments: readonly UnoType[]
  readonly returns: UnoType
  /** Only for the compiler: the TypeScript types of the UNO types. */
  readonly signature?: { arguments: Arguments; returns: Returns }
}

export type ArgumentsOf<M extends Method> =
  M extends Method<infer Names, string> ? { [Index in keyof Names]: ValueOf<Names[Index]> } : never
export type ReturnOf<M extends Method> =
  M extends Method<readonly string[], infer Name> ? ValueOf<Name> : never

/**
 * Methods count from 3 in the order of the IDL, base interfaces first; an attribute counts once for reading and once
 * more for writing. 0 and 2 are queryInterface and release everywhere.
 */
const method = <const Arguments extends readonly string[], const Returns extends string>(
  path: `${string}::${number}`,
  parameters: Arguments,
  returns: Returns,
): Method<Arguments, Returns> => {
  const [interfaceName = '', functionId] = path.split('::')
  return {
    interfaceName: `com.sun.star.${interfaceName}`,
    functionId: Number(functionId),
    arguments: parameters.map(knownType),
    returns: knownType(returns),
  }
}

export const QUERY_INTERFACE = 0
export const RELEASE = 2
export const XINTERFACE = 'com.sun.star.uno.XInterface'
const PROPERTIES = '[]com.sun.star.beans.PropertyValue'

export const queryInterface = method('uno.XInterface::0', ['type'], 'any')
export const getServiceManager = method(
  'uno.XComponentContext::4',
  [],
  'com.sun.star.lang.XMultiComponentFactory',
)
export const createInstanceWithContext = method(
  'lang.XMultiComponentFactory::3',
  ['string', 'com.sun.star.uno.XComponentContext'],
  XINTERFACE,
)
export const createInstance = method('lang.XMultiServiceFactory::3', ['string'], XINTERFACE)
export const loadComponentFromUrl = method(
  'frame.XComponentLoader::3',
  ['string', 'string', 'long', PROPERTIES],
  'com.sun.star.lang.XComponent',
)
export const supportsService = method('lang.XServiceInfo::4', ['string'], 'boolean')
export const attachResource = method('frame.XModel::6', ['string', PROPERTIES], 'boolean')
export const getUrl = method('frame.XModel::7', [], 'string')
export const storeToUrl = method('frame.XStorable::8', ['string', PROPERTIES], 'void')
export const close = method('util.XCloseable::5', ['boolean'], 'void')
export const getDrawPages = method('drawing.XDrawPagesSupplier::3', [], 'com.sun.star.drawing.XDrawPages')
export const getLayerManager = method('drawing.XLayerSupplier::3', [], 'com.sun.star.container.XNameAccess')
export const removePage = method('drawing.XDrawPages::8', ['com.sun.star.drawing.XDrawPage'], 'void')
export const getMasterPages = method('drawing.XMasterPagesSupplier::3', [], 'com.sun.star.drawing.XDrawPages')
export const getNotesPage = method('presentation.XPresentationPage::9', [], 'com.sun.star.drawing.XDrawPage')
export const getString = method('text.XTextRange::6', [], 'string')
export const isInUse = method('style.XStyle::6', [], 'boolean')
export const getShapeType = method('drawing.XShapeDescriptor::3', [], 'string')
export const calculateAll = method('sheet.XCalculatable::4', [], 'void')
export const getSheets = method('sheet.XSpreadsheetDocument::3', [], 'com.sun.star.sheet.XSpreadsheets')
const RANGES = '[]com.sun.star.table.CellRangeAddress'
export const getPrintAreas = method('sheet.XPrintAreas::3', [], RANGES)
export const createCursor = method('sheet.XSpreadsheet::7', [], 'com.sun.star.sheet.XSheetCellCursor')
export const gotoEndOfUsedArea = method('sheet.XUsedAreaCursor::4', ['boolean'], 'void')
export const getRangeAddress = method(
  'sheet.XCellRangeAddressable::3',
  [],
  'com.sun.star.table.CellRangeAddress',
)
export const getRangeAddresses = method('sheet.XSheetCellRanges::9', [], RANGES)
const PARTS = 'com.sun.star.sheet.XSheetCellRanges'
export const queryVisibleCells = method('sheet.XCellRangesQuery::3', [], PARTS)
export const queryContentCells = method('sheet.XCellRangesQuery::5', ['short'], PARTS)
export const getCellRangeByPosition = method(
  'table.XCellRange::4',
  ['long', 'long', 'long', 'long'],
  'com.sun.star.table.XCellRange',
)
export const getColumns = method('table.XColumnRowRange::3', [], 'com.sun.star.table.XTableColumns')
export const getRows = method('table.XColumnRowRange::4', [], 'com.sun.star.table.XTableRows')
export const setPrintAreas = method('sheet.XPrintAreas::4', [RANGES], 'void')
export const getElementNames = method('container.XNameAccess::6', [], '[]string')
export const moveByName = method('sheet.XSpreadsheets::12', ['string', 'short'], 'void')
export const getTextFields = method(
  'text.XTextFieldsSupplier::3',
  [],
  'com.sun.star.container.XEnumerationAccess',
)
export const createEnumeration = method(
  'container.XEnumerationAccess::5',
  [],
  'com.sun.star.container.XEnumeration',
)
const NUMBER_FORMATS = 'com.sun.star.util.XNumberFormats'
const LOCALE = 'com.sun.star.lang.Locale'
export const getNumberFormats = method('util.XNumberFormatsSupplier::4', [], NUMBER_FORMATS)
export const getByKey = method('util.XNumberFormats::3', ['long'], 'com.sun.star.beans.XPropertySet')
export const addNewConverted = method('util.XNumberFormats::7', ['string', LOCALE, LOCALE], 'long')
export const getFormatIndex = method('util.XNumberFormatTypes::5', ['short', LOCALE], 'long')
export const getFormatForLocale = method('util.XNumberFormatTypes::7', ['long', LOCALE], 'long')
const TEXT = 'com.sun.star.text.XText'
/** The three parts of a sheet's header or footer. */
export const HEAD_TEXTS = [3, 4, 5].map(id => method(`sheet.XHeaderFooterContent::${id}`, [], TEXT))
export const SEARCH_DESCRIPTOR = 'com.sun.star.util.XSearchDescriptor'
export const createReplaceDescriptor = method(
  'util.XReplaceable::7',
  [],
  'com.sun.star.util.XReplaceDescriptor',
)
export const createSearchDescriptor = method('util.XSearchable::3', [], SEARCH_DESCRIPTOR)
export const findAll = method(
  'util.XSearchable::4',
  [SEARCH_DESCRIPTOR],
  'com.sun.star.container.XIndexAccess',
)
export const findFirst = method('util.XSearchable::5', [SEARCH_DESCRIPTOR], XINTERFACE)
export const replaceAll = method('util.XReplaceable::8', [SEARCH_DESCRIPTOR], 'long')
export const setSearchString = method('util.XSearchDescriptor::11', ['string'], 'void')
export const setReplaceString = method('util.XReplaceDescriptor::13', ['string'], 'void')
export const isProtected = method('util.XProtectable::5', [], 'boolean')
export const unprotect = method('util.XProtectable::4', ['string'], 'void')
export const hasMoreElements = method('container.XEnumeration::3', [], 'boolean')
export const nextElement = method('container.XEnumeration::4', [], 'any')
export const refresh = method('util.XRefreshable::3', [], 'void')
export const getCount = method('container.XIndexAccess::5', [], 'long')
export const getCurrentController = method('frame.XModel::14', [], 'com.sun.star.frame.XController')
export const getFrame = method('frame.XController::12', [], 'com.sun.star.frame.XFrame')
export const DISPATCH_PROVIDER = 'com.sun.star.frame.XDispatchProvider'
export const executeDispatch = method(
  'frame.XDispatchHelper::3',
  [DISPATCH_PROVIDER, 'string', 'string', 'long', PROPERTIES],
  'any',
)
export const getRedlines = method(
  'document.XRedlinesSupplier::3',
  [],
  'com.sun.star.container.XEnumerationAccess',
)
export const getByIndex = method('container.XIndexAccess::6', ['long'], 'any')
export const getByName = method('container.XNameAccess::5', ['string'], 'any')
export const hasByName = method('container.XNameAccess::7', ['string'], 'boolean')
export const getStyleFamilies = method(
  'style.XStyleFamiliesSupplier::3',
  [],
  'com.sun.star.container.XNameAccess',
)
export const getText = method('text.XTextDocument::17', [], 'com.sun.star.text.XText')
export const createTextCursor = method('text.XSimpleText::8', [], 'com.sun.star.text.XTextCursor')
const RANGE = 'com.sun.star.text.XTextRange'
const LIST = 'com.sun.star.container.XIndexAccess'
export const getFootnotes = method('text.XFootnotesSupplier::3', [], LIST)
export const getEndnotes = method('text.XEndnotesSupplier::3', [], LIST)
export const getGraphicObjects = method(
  'text.XTextGraphicObjectsSupplier::3',
  [],
  'com.sun.star.container.XNameAccess',
)
export const getBookmarks = method('text.XBookmarksSupplier::3', [], 'com.sun.star.container.XNameAccess')
export const getAnchor = method('text.XTextContent::7', [], RANGE)
export const getTextOf = method('text.XTextRange::3', [], TEXT)
export const createTextCursorByRange = method('text.XSimpleText::9', [RANGE], 'com.sun.star.text.XTextCursor')
export const insertDocumentFromUrl = method('document.XDocumentInsertable::3', ['string', PROPERTIES], 'void')
export const dispose = method('lang.XComponent::3', [], 'void')
export const PROPERTY_SET = 'com.sun.star.beans.XPropertySet' as const
export const setPropertyValue = method('beans.XPropertySet::4', ['string', 'any'], 'void')
export const getPropertyValue = method('beans.XPropertySet::5', ['string'], 'any')
/** Several properties in one call. */
export const setPropertyValues = method('beans.XMultiPropertySet::4', ['[]string', '[]any'], 'void')
export const getPropertyValues = method('beans.XMultiPropertySet::5', ['[]string'], '[]any')
export const getRendererCount = method('view.XRenderable::3', ['any', PROPERTIES], 'long')
export const getRenderer = method('view.XRenderable::4', ['long', 'any', PROPERTIES], PROPERTIES)
export const insertByName = method('container.XNameContainer::9', ['string', 'any'], 'void')
export const getCellByPosition = method('table.XCellRange::3', ['long', 'long'], 'com.sun.star.table.XCell')
export const getName = method('container.XNamed::3', [], 'string')
export const removeAllManualPageBreaks = method('sheet.XSheetPageBreak::5', [], 'void')

export const getDocumentProperties = method(
  'document.XDocumentPropertiesSupplier::3',
  [],
  'com.sun.star.document.XDocumentProperties',
)
export const setModified = method('util.XModifiable::6', ['boolean'], 'void')
export const getTitle = method('document.XDocumentProperties::9', [], 'string')
const TIME = 'com.sun.star.util.DateTime'
/** The times when a document was created, changed and last printed: how each is read and written. */
export const FILE_TIMES = [7, 21, 25].map(
  id =>
    [
      method(`document.XDocumentProperties::${id}`, [], TIME),
      method(`document.XDocumentProperties::${id + 1}`, [TIME], 'void'),
    ] as const,
)
export const setTitle = method('document.XDocumentProperties::10', ['string'], 'void')

/** LibreOffice's events on its documents, in wire order. */
export const DOCUMENT_EVENT_LISTENER = 'com.sun.star.document.XDocumentEventListener' as const
export const documentEventListener = {
  disposing: method('document.XDocumentEventListener::3', ['com.sun.star.lang.EventObject'], 'void'),
  documentEventOccured: method(
    'document.XDocumentEventListener::4',
    ['com.sun.star.document.DocumentEvent'],
    'void',
  ),
} as const
export const addDocumentEventListener = method(
  'document.XDocumentEventBroadcaster::3',
  [DOCUMENT_EVENT_LISTENER],
  'void',
)
export const removeDocumentEventListener = method(
  'document.XDocumentEventBroadcaster::4',
  [DOCUMENT_EVENT_LISTENER],
  'void',
)

/** LibreOffice's calls on a status indicator, in wire order. */
export const STATUS_INDICATOR = 'com.sun.star.task.XStatusIndicator' as const
export const statusIndicator = {
  start: method('task.XStatusIndicator::3', ['string', 'long'], 'void'),
  end: method('task.XStatusIndicator::4', [], 'void'),
  setText: method('task.XStatusIndicator::5', ['string'], 'void'),
  setValue: method('task.XStatusIndicator::6', ['long'], 'void'),
  reset: method('task.XStatusIndicator::7', [], 'void'),
} as const
