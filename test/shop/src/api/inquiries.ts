import { Hono } from 'hono'
import { answerInquiry } from '../ai/router.js'
import { sortInquiry } from '../edge/sort-inquiry.js'
import { findCustomer } from '../repository/customers.js'

export const inquiries = new Hono()

inquiries.post('/', async (c) => {
  const { customerId, subject } = await c.req.json<{ customerId: string; subject: string }>()
  const customer = await findCustomer(customerId)
  if (!customer) return c.json({ error: '会員が見つかりません' }, 404)
  const department = await sortInquiry(customer, subject)
  return c.json({ department, answer: await answerInquiry(customer, subject) })
})
