/** The page in a real browser: what it shows, that it works, and that what is written in it stays text. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Report } from '@sekisho/core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyFormat, hostile, shop } from './repository.js'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const repositories = { shop: shop(), hostile: hostile() }
const folder = mkdtempSync(join(tmpdir(), 'sekisho-html-'))
const patience = 60_000
let browser: Browser | null = null

beforeAll(async () => {
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, patience)

afterAll(async () => {
  await browser?.close()
  for (const repository of Object.values(repositories)) repository.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** The page opened, with whatever it says, asks for or connects to. */
async function open(file: string, width: number): Promise<{ page: Page; said: string[] }> {
  const page = await browser!.newPage({ viewport: { width, height: 900 } })
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('dialog', (dialog) => {
    said.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) said.push(`request ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href)
  return { page, said }
}

const cases = Object.entries(repositories).flatMap(([name, repository]) =>
  (['en', 'ja'] as const).map((locale) => {
    const outputs = everyFormat(repository, '--locale', locale, '--notes')
    const file = join(folder, `${name}.${locale}.html`)
    writeFileSync(file, outputs['html']!)
    return {
      name,
      locale,
      file,
      text: outputs['html']!.toString(),
      report: JSON.parse(outputs['json']!.toString()) as Report,
    }
  }),
)

describe.each(cases)('$name, $locale', ({ name, locale, file, text, report }) => {
  const open_ = report.findings.filter(({ suppressed }) => suppressed === null)

  test('holds one script and one style of its own, and nothing from elsewhere', () => {
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text.match(/<style/g)).toHaveLength(1)
    expect(text).not.toMatch(/<(img|iframe|object|embed|link|base|form [^>]*action)\b/i)
    expect(text).not.toMatch(/<[a-z][^>"]*(?:"[^"]*"[^>"]*)*\s(on\w+|style|src|srcdoc)\s*=/i)
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/)
  })

  test.skipIf(executablePath === undefined)('says nothing, asks for nothing', { timeout: patience }, async () => {
    const { page, said } = await open(file, 1280)
    expect(said).toEqual([])
    expect(await page.getAttribute('html', 'lang')).toBe(locale)
    expect(await page.locator('script, img, iframe').count()).toBe(1)
    expect(await page.locator('details.finding').count()).toBe(open_.length)
    expect(await page.locator('#flows tbody tr').count()).toBe(report.flows.length)
    expect(await page.locator('svg.map path.link').count()).toBeGreaterThan(0)
    await page.close()
  })

  test.skipIf(executablePath === undefined)(
    'filters by severity, data, zone and text, and by the map',
    { timeout: patience },
    async () => {
      const { page, said } = await open(file, 1280)
      const visible = () => page.locator('details.finding:visible').count()
      await page.uncheck('input[value=error]')
      expect(await visible()).toBe(open_.filter(({ severity }) => severity !== 'error').length)
      await page.click('button[type=reset]')
      await expect.poll(visible).toBe(open_.length)
      await page.selectOption('select[name=class]', 'phone')
      expect(await visible()).toBe(open_.filter(({ dataClasses }) => dataClasses.includes('phone')).length)
      await page.click('button[type=reset]')
      await page.fill('input[type=search]', open_[0]!.fingerprint)
      expect(await visible()).toBe(1)
      await page.click('button[type=reset]')
      await page.locator('svg.map .node[data-class=name]').click()
      expect(await visible()).toBe(open_.filter(({ dataClasses }) => dataClasses.includes('name')).length)
      await page.click('button[data-open=true]')
      expect(await page.locator('details.finding[open]').count()).toBe(open_.length)
      expect(said).toEqual([])
      await page.close()
    },
  )

  test.skipIf(executablePath === undefined)('fits a telephone', { timeout: patience }, async () => {
    const { page } = await open(file, 390)
    const [content, window_] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]')
    expect(content).toBeLessThanOrEqual(window_!)
    await page.close()
  })

  test.skipIf(executablePath === undefined || name === 'hostile')(
    'prints, all findings open',
    { timeout: patience },
    async () => {
      const { page } = await open(file, 1280)
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
      await page.emulateMedia({ media: 'print' })
      await page.evaluate("dispatchEvent(new Event('beforeprint'))")
      expect(await page.locator('details.finding[open]').count()).toBe(open_.length)
      expect(await page.locator('nav').isVisible()).toBe(false)
      await page.close()
    },
  )
})

test('the names of the hostile repository are on the page as text', () => {
  const { text } = cases.find(({ name }) => name === 'hostile')!
  expect(text).toContain('&lt;script&gt;alert(1)&lt;')
  expect(text).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;')
  expect(text).toContain('\\u{202e}txt.exe')
})
