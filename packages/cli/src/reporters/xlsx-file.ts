/**
 * A workbook of text: sheets of strings with a head that stays in view, printed on landscape pages. Every cell is an inline string,
 * which a spreadsheet never calculates; what looks like a formula is marked as text besides, so that editing the cell does not make it
 * one. No clock: the same sheets give the same bytes.
 */
import { displayWidth } from '@sekisho/core'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { isFormula } from './csv-text.js'
import { xmlLines, xmlText } from './xml.js'

export interface Sheet {
  name: string
  /** Widths in characters. */
  widths: readonly number[]
  rows: readonly SheetRow[]
  /** Number of rows that stay in view and are repeated on printed pages. */
  frozen: number
  /** Pages beside each other that a printed row takes. */
  pagesWide?: number
}

export interface SheetRow {
  cells: readonly string[]
  style: 'title' | 'head' | 'label' | 'text'
  /** Points; as much as the text takes where it is not given. */
  height?: number
}

/** Positions in `cellXfs`; the next one is the same with the mark of text. */
const STYLES = { text: 1, title: 3, head: 5, label: 7 } as const
const MAX_CELL = 32_767
/** Points: of a line, and of the highest row that there can be. */
const LINE = 14
const HIGHEST = 409
const MODIFIED = new Date(1980, 0, 1)

export function xlsxFile(sheets: readonly Sheet[]): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLE_SHEET,
  }
  sheets.forEach((sheet, at) => (files[`xl/worksheets/sheet${at + 1}.xml`] = worksheet(sheet)))
  const entries: Zippable = {}
  for (const [path, text] of Object.entries(files)) entries[path] = [strToU8(text), { mtime: MODIFIED }]
  return zipSync(entries)
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

function contentTypes(count: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const sheets = Array.from({ length: count }, (_, at) => {
    return `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`
  })
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets.join('')}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`
}

function relationships(targets: readonly (readonly [string, string])[]): string {
  const all = targets.map(([type, target], at) => {
    return `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`
  })
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`
}

function workbook(sheets: readonly Sheet[]): string {
  const list = sheets.map(
    ({ name }, at) => `<sheet name="${xmlText(sheetName(name))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  const titles = sheets.flatMap(({ name, frozen }, at) =>
    frozen === 0
      ? []
      : [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${xmlText(sheetName(name))}'!$1:$${frozen}</definedName>`,
        ],
  )
  const names = titles.length > 0 ? `<definedNames>${titles.join('')}</definedNames>` : ''
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${list.join('')}</sheets>${names}</workbook>`
}

function sheetName(name: string): string {
  return name.replace(/[[\]:*?/\\']/g, ' ').slice(0, 31)
}

function worksheet({ widths, rows, frozen, pagesWide = 1 }: Sheet): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
  const pane =
    frozen === 0 ? '' : `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>`
  const data = rows.map((row, at) => rowXml(row, at, widths)).join('')
  const filter = frozen === 1 && rows.length > 1 ? `<autoFilter ref="A1:${letters(widths.length)}${rows.length}"/>` : ''
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${data}</sheetData>${filter}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/><pageSetup paperSize="8" orientation="landscape" fitToWidth="${pagesWide}" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`
}

function rowXml({ cells, style, height }: SheetRow, at: number, widths: readonly number[]): string {
  const size = ` ht="${height ?? heightOf(cells, widths)}" customHeight="1"`
  const content = cells.map((cell, column) =>
    cellXml(cell, `${letters(column + 1)}${at + 1}`, column === 0 ? style : below(style)),
  )
  return `<row r="${at + 1}"${size}>${content.join('')}</row>`
}

/** Not every spreadsheet works it out when it opens a file. */
function heightOf(cells: readonly string[], widths: readonly number[]): number {
  const linesOf = (cell: string, at: number) =>
    cell
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil((displayWidth(line) + 1) / (widths[at] ?? 10))), 0)
  return Math.min(HIGHEST, 3 + LINE * Math.max(1, ...cells.map(linesOf)))
}

/** Beside a label stands text. */
function below(style: SheetRow['style']): SheetRow['style'] {
  return style === 'label' ? 'text' : style
}

function cellXml(text: string, reference: string, style: SheetRow['style']): string {
  const index = STYLES[style] + (isFormula(text) ? 1 : 0)
  if (text === '') return `<c r="${reference}" s="${index}"/>`
  const cut = text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text
  return `<c r="${reference}" s="${index}" t="inlineStr"><is><t xml:space="preserve">${xmlLines(cut)}</t></is></c>`
}

/** 1 → A, 27 → AA */
function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}

const font = (extra: string, size = 10) =>
  `<font>${extra}<sz val="${size}"/><name val="Yu Gothic"/><family val="2"/></font>`
const line = (side: string) => `<${side} style="thin"><color rgb="FFB8C4CC"/></${side}>`
const format = (fontId: number, fill: number, border: number, quote: boolean) =>
  `<xf numFmtId="49" fontId="${fontId}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${quote ? ' quotePrefix="1"' : ''}><alignment vertical="top" wrapText="${fontId === 1 ? 0 : 1}"/></xf>`
const both = (fontId: number, fill: number, border: number) =>
  format(fontId, fill, border, false) + format(fontId, fill, border, true)

const STYLE_SHEET = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="4">${font('')}${font('<b/>', 16)}${font('<b/>')}${font('<b/>')}</fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDCE6EA"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F5F6"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(line).join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${both(0, 0, 1)}${both(1, 0, 0)}${both(2, 2, 1)}${both(3, 3, 1)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
