"""Skill 4: asking, answering and what joins the answers."""
