-- A change breaks the seal of an answer, so that the next build seals just that anew. Version 6.

CREATE TRIGGER answers_new AFTER INSERT ON answers BEGIN
    DELETE FROM seals WHERE part = 'answers' AND key = new.asked || char(31) || new.document;
END;
CREATE TRIGGER answers_changed AFTER UPDATE ON answers BEGIN
    DELETE FROM seals WHERE part = 'answers' AND key = old.asked || char(31) || old.document;
END;
CREATE TRIGGER answers_gone AFTER DELETE ON answers BEGIN
    DELETE FROM seals WHERE part = 'answers' AND key = old.asked || char(31) || old.document;
END;
