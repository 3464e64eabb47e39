SELECT CASE WHEN current_user = session_user THEN current_user END
