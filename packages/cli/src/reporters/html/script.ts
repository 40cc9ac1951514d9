/** The page's only script: filters, and what is closed opens for the printer. It reads attributes and never writes HTML. */
export const script = `
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const items = all('[data-item]')
  const form = document.querySelector('.filters')
  const count = document.querySelector('.count')
  const apply = () => {
    const levels = all('.filters [name=severity]').filter((box) => box.checked).map((box) => box.value)
    const zone = form.elements.zone.value
    const dataClass = form.elements.class.value
    const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean)
    let shown = 0
    for (const item of items) {
      const { severity, zone: own, classes, text } = item.dataset
      const fits =
        levels.includes(severity) &&
        (zone === '' || own === zone) &&
        (dataClass === '' || classes.split(' ').includes(dataClass)) &&
        words.every((word) => text.includes(word))
      item.hidden = !fits
      if (fits && item.tagName === 'DETAILS') shown++
    }
    count.textContent = shown + ' / ' + items.filter((item) => item.tagName === 'DETAILS').length
    for (const mark of all('.map [data-class], .map [data-zone]')) {
      const { class: from, zone: to } = mark.dataset
      const isOut = (zone !== '' && to !== undefined && to !== zone) || (dataClass !== '' && from !== undefined && from !== dataClass)
      mark.classList.toggle('out', isOut)
    }
  }
  if (form) {
    form.hidden = false
    form.addEventListener('input', apply)
    form.addEventListener('reset', () => setTimeout(apply))
    form.addEventListener('submit', (event) => event.preventDefault())
    const select = (name, value) => {
      const field = form.elements[name]
      if (![...field.options].some((option) => option.value === value)) return
      field.value = field.value === value ? '' : value
    }
    for (const mark of all('.map [data-class], .map [data-zone]')) {
      mark.addEventListener('click', () => {
        if (mark.dataset.class !== undefined) select('class', mark.dataset.class)
        if (mark.dataset.zone !== undefined) select('zone', mark.dataset.zone)
        apply()
      })
    }
    for (const button of all('[data-open]')) {
      button.addEventListener('click', () => {
        for (const item of all('details.finding')) item.open = button.dataset.open === 'true'
      })
    }
    apply()
  }
  let opened = []
  addEventListener('beforeprint', () => {
    opened = all('details:not([open])')
    for (const item of opened) item.open = true
  })
  addEventListener('afterprint', () => {
    for (const item of opened) item.open = false
  })
})()
`
