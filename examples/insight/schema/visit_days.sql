-- Of each visit of each day the event that began it (by time and capture), and by what it came: what a report asks that looks
-- for days, visits and first touches, and for no property of an event. `in_session` and `session_no` are as in `events`; `counted`: not
-- excluded; `touches`: such an event tells that somebody was there, and by what. A row may have others of its visit and day
-- beside it that began later, so no report counts rows.
SELECT visitor_no, session_no, in_session, day, excluded IS NULL AS counted,
  type = 'auto' OR coalesce(source_scene, '') <> '' AS touches,
  t, seq, hour,
  source_scene, source_group, source_utm_source, source_utm_medium, source_campaign, source_qr, source_utm_content,
  first_scene, first_group, first_utm_source, first_utm_medium, first_campaign, first_qr, first_utm_content
FROM events WHERE type <> 'server'
