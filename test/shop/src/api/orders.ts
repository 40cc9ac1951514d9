import { Hono } from 'hono'
import { writeShippedMail, writeThanksMail } from '../mail/order-mail.js'
import { findOrder } from '../repository/orders.js'

export const orders = new Hono()

orders.post('/:id/mails/:kind', async (c) => {
  const order = await findOrder(c.req.param('id'))
  if (!order) return c.json({ error: '注文が見つかりません' }, 404)
  const write = c.req.param('kind') === 'shipped' ? writeShippedMail : writeThanksMail
  return c.json({ to: order.customer.email, text: await write(order) })
})
