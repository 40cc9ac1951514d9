import { Hono } from 'hono'
import { openai } from '../ai/clients.js'
import { reviewsOf } from '../repository/orders.js'

export const reviews = new Hono()

/** 商品レビューの要約。投稿者のデータは渡さない */
reviews.get('/:productCode/summary', async (c) => {
  const posted = await reviewsOf(c.req.param('productCode'))
  if (posted.length === 0) return c.json({ summary: 'まだレビューがありません' })
  const response = await openai.responses.create({
    model: 'gpt-5.2',
    instructions: `${posted.length} 件のレビューを、良い点と気になる点に分けて要約してください。`,
    input: posted.map((review) => `★${review.stars} ${review.title}\n${review.body}`).join('\n---\n'),
  })
  return c.json({ summary: response.output_text })
})

/** トップページの季節の言葉 */
reviews.get('/season', async (c) => {
  const response = await openai.responses.create({
    model: 'gpt-5.2',
    input: '和菓子店のトップページに載せる季節の言葉を、四十字以内で一つ書いてください。',
  })
  return c.json({ text: response.output_text })
})
